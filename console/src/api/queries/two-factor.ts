import { type ConfirmPassword, RecoveryCodes, TotpSecret, TwoFactorView, type VerifyTotp } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'

export const twoFactorKey = ['two-factor'] as const
const PATH = '/api/account/two-factor'

export const twoFactorQuery = queryOptions({
  queryKey: twoFactorKey,
  queryFn: ({ signal }) => callApi(PATH, TwoFactorView, { signal }),
})
export const createTotp = (body: ConfirmPassword) => callApi(PATH, TotpSecret, { method: 'POST', body })
export const confirmTotp = (body: VerifyTotp) => callApi(`${PATH}/confirm`, RecoveryCodes, { method: 'POST', body })
export const renewRecoveryCodes = (body: ConfirmPassword) => callApi(`${PATH}/recovery-codes`, RecoveryCodes, { method: 'POST', body })
export const disableTwoFactor = (body: ConfirmPassword) => commandApi(`${PATH}/disable`, { method: 'POST', body })
export const resetTwoFactor = (accountId: string) =>
  commandApi(`/api/accounts/${encodeURIComponent(accountId)}/two-factor`, { method: 'DELETE' })
