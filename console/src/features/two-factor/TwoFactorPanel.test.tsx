import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../mock-api/answer.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole, renderRoutes, waitForData } from '../../testing/render.js'
import { SignInPage } from '../sign-in/SignInPage.js'
import { TwoFactorPanel } from './TwoFactorPanel.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const button = (name: string) => userEvent.click(screen.getByRole('button', { name }))
const dialog = (name: string) => screen.findByRole('dialog', { name })

test('sets up an app with password, QR code and code, and shows the recovery codes once', async () => {
  let isEnabled = false
  const { requests } = mockFetch({
    'GET /api/account/two-factor': () => ({ isEnabled, recoveryCodesLeft: 10 }),
    'POST /api/account/two-factor': { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Guardimesh:admin?secret=JBSWY3DPEHPK3PXP' },
    'POST /api/account/two-factor/confirm': () => {
      isEnabled = true
      return { recoveryCodes: ['abcd-efgh-jkmn-pqrs'] }
    },
  })
  renderInConsole(<TwoFactorPanel />)
  await waitForData()
  await button('Set up')
  const setUp = await dialog('Set up two-factor authentication')
  await userEvent.type(within(setUp).getByLabelText('Current password'), 'correct horse battery{Enter}')
  expect(await screen.findByRole('img', { name: 'QR code for the authenticator app' })).toBeTruthy()
  expect(screen.getByText('JBSWY3DPEHPK3PXP')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Code'), '123456{Enter}')
  const codes = await dialog('Your recovery codes')
  expect(within(codes).getByText('abcd-efgh-jkmn-pqrs')).toBeTruthy()
  await userEvent.click(within(codes).getByRole('checkbox'))
  await userEvent.click(within(codes).getByRole('button', { name: 'Done' }))
  expect(await screen.findByText('10 recovery codes left.')).toBeTruthy()
  expect(requests.map(({ body }) => body)).toEqual([{ currentPassword: 'correct horse battery' }, { code: '123456' }])
})

test('turns two-factor authentication off after the right password', async () => {
  let isWrong = true
  const { requests } = mockFetch({
    'GET /api/account/two-factor': { isEnabled: true, recoveryCodesLeft: 1 },
    'POST /api/account/two-factor/disable': () => (isWrong ? problem('LOGIN_FAILED', 'wrong') : new Response(null, { status: 204 })),
  })
  renderInConsole(<TwoFactorPanel />)
  await waitForData()
  await button('Turn off')
  const off = await dialog('Turn off two-factor authentication?')
  await userEvent.type(within(off).getByLabelText('Current password'), 'wrong{Enter}')
  expect(await within(off).findByText('The current password is incorrect')).toBeTruthy()
  isWrong = false
  await userEvent.click(within(off).getByRole('button', { name: 'Turn off' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(requests).toHaveLength(2)
})

test('the login asks for a code, and for the password again when the code comes too late', async () => {
  let answer: unknown = problem('LOGIN_FAILED', 'the code is wrong or was used before')
  mockFetch({
    'POST /login': { totp_required: true },
    'POST /login/verify-totp': () => answer,
    '/api/session': sessionOf('administrator'),
  })
  const { router } = renderRoutes(
    [
      { path: '/sign-in', Component: SignInPage },
      { path: '/incidents', element: <h1>Incidents page</h1> },
    ],
    '/sign-in',
  )
  const enterPassword = async () => {
    await userEvent.clear(screen.getByLabelText('Email'))
    await userEvent.type(screen.getByLabelText('Email'), 'admin@guardimesh.local')
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse battery{Enter}')
    return screen.findByLabelText('Code')
  }
  await userEvent.type(await enterPassword(), '000000{Enter}')
  expect(await screen.findByText(/code is wrong or was used before/)).toBeTruthy()
  answer = problem('UNAUTHENTICATED', 'enter the password again')
  await userEvent.type(screen.getByLabelText('Code'), '1{Enter}')
  expect(await screen.findByText(/The code came too late/)).toBeTruthy()
  answer = sessionOf('administrator').account
  await userEvent.type(await enterPassword(), '123456{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/incidents'))
})
