import type { AccountView } from '@guardimesh/contracts'

/** What an account may change. The backend decides; this only says so before a person has typed. */
export const can = {
  manageApiKeys: (account: AccountView) => account.role === 'administrator',
  changeScanConfig: (account: AccountView) => account.role === 'administrator',
  changeSignatures: (account: AccountView) => account.role === 'administrator',
} as const
