import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../mock-api/answer.js'
import { someAccounts, someSessions } from '../../../mock-api/fixtures/accounts.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { InvitationPage } from '../sign-in/InvitationPage.js'
import { UsersPage } from './UsersPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const accounts = someAccounts(Date.now())
const ana = accounts.find(({ displayName }) => displayName === 'Ana Ruiz')
const EXPIRES = '2126-01-01T00:00:00.000Z'

async function renderPage(answers: Record<string, unknown> = {}) {
  const recorded = mockFetch({
    '/api/session': sessionOf('administrator'),
    'GET /api/accounts': { items: accounts },
    'GET /api/accounts/account-ana/sessions': { items: someSessions(Date.now()).map((session) => ({ ...session, isCurrent: false })) },
    'POST /api/accounts': { account: ana, token: 'the-token', expiresAt: EXPIRES },
    'PATCH /api/accounts/': ana,
    DELETE: new Response(null, { status: 204 }),
    ...answers,
  })
  renderInConsole(<UsersPage />, '/users')
  await waitForData()
  return recorded
}

const button = (name: string) => userEvent.click(screen.getByRole('button', { name }))

test('invites a user and shows the link once', async () => {
  const { requests } = await renderPage()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Invite user' }).hasAttribute('disabled')).toBe(false))
  await button('Invite user')
  const form = await screen.findByRole('dialog', { name: 'Invite user' })
  await userEvent.click(within(form).getByRole('button', { name: 'Create link' }))
  expect(await within(form).findByText('Enter an email address')).toBeTruthy()
  await userEvent.type(within(form).getByLabelText('Name'), 'Ana Ruiz')
  await userEvent.type(within(form).getByLabelText('Email'), 'ana@guardimesh.local')
  await userEvent.click(within(form).getByRole('radio', { name: 'Analyst' }))
  await userEvent.click(within(form).getByRole('button', { name: 'Create link' }))
  const link = await screen.findByRole('dialog', { name: 'Link for Ana Ruiz' })
  expect(within(link).getByText(`${window.location.origin}/invitation#the-token`)).toBeTruthy()
  expect(requests).toMatchObject([{ body: { displayName: 'Ana Ruiz', email: 'ana@guardimesh.local', role: 'analyst' } }])
  await userEvent.click(within(link).getByRole('checkbox'))
  await userEvent.click(within(link).getByRole('button', { name: 'Done' }))
  await waitFor(() => expect(screen.queryByText(/the-token/)).toBeNull())
})

test('changes the role of a user, and shows why it is rejected', async () => {
  const rejected = { 'PATCH /api/accounts/': problem('LAST_ADMINISTRATOR', 'Make another user administrator first.') }
  const { requests } = await renderPage(rejected)
  await button('Edit Administrator')
  const form = await screen.findByRole('dialog', { name: 'Edit Administrator' })
  await userEvent.click(within(form).getByRole('radio', { name: 'Viewer' }))
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }))
  expect(await within(form).findByText(/Make another user administrator first/)).toBeTruthy()
  expect(requests).toMatchObject([{ method: 'PATCH', path: '/api/accounts/account-admin', body: { role: 'viewer' } }])
})

test.each([
  {
    action: 'Deactivate Ana Ruiz',
    confirm: 'Deactivate',
    request: { method: 'PATCH', body: { isActive: false } },
    done: 'Ana Ruiz deactivated.',
  },
  {
    action: 'Delete Ana Ruiz',
    confirm: 'Delete user',
    request: { method: 'DELETE', path: '/api/accounts/account-ana' },
    done: 'Ana Ruiz deleted.',
  },
])('asks before: $action', async ({ action, confirm, request, done }) => {
  const { requests } = await renderPage()
  await button(action)
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: confirm }))
  expect(await screen.findByText(done)).toBeTruthy()
  expect(requests).toMatchObject([request])
})

test('lists the sessions of a user and ends one', async () => {
  const { requests } = await renderPage()
  await button('Sessions of Ana Ruiz')
  const dialog = await screen.findByRole('dialog', { name: 'Sessions of Ana Ruiz' })
  await userEvent.click(await within(dialog).findByRole('button', { name: 'End the session from 2001:db8::7' }))
  await waitFor(() => expect(requests).toMatchObject([{ method: 'DELETE', path: '/api/accounts/account-ana/sessions/session-2' }]))
})

test('explains to other roles that they cannot manage users', async () => {
  await renderPage({ 'GET /api/accounts': problem('ROLE_MISSING', 'this requires the role administrator') })
  await waitFor(() => expect(screen.getByRole('button', { name: 'Invite user' }).title).toBe('Only administrators can manage users.'))
})

test('an invited user sets a password with the link', async () => {
  const { requests } = mockFetch({
    'POST /api/invitations/read': { email: 'ana@guardimesh.local', displayName: 'Ana', expiresAt: EXPIRES },
    'POST /api/invitations/accept': new Response(null, { status: 204 }),
  })
  renderInConsole(<InvitationPage />, '/invitation#the-token')
  const password = await screen.findByLabelText('New password')
  await userEvent.type(password, 'seven purple walruses')
  await userEvent.type(screen.getByLabelText('Confirm new password'), 'seven purple walrus')
  await button('Set password')
  expect(await screen.findByText("Passwords don't match")).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Confirm new password'), 'es')
  await button('Set password')
  expect(await screen.findByText('Log in as ana@guardimesh.local.')).toBeTruthy()
  expect(requests.at(-1)?.body).toEqual({ token: 'the-token', password: 'seven purple walruses' })
})

test('explains an invalid link', async () => {
  mockFetch({ 'POST /api/invitations/read': problem('INVITATION_INVALID', 'the invitation is invalid') })
  renderInConsole(<InvitationPage />, '/invitation#old')
  expect(await screen.findByText('This link is invalid')).toBeTruthy()
})
