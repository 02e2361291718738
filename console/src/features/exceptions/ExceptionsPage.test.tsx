import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { anException, someExceptions } from '../../../mock-api/fixtures/exceptions.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { ExceptionsPage } from './ExceptionsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const SHA256 = 'ab'.repeat(32)
const PREVIEW = { isBroad: false, findings: 1200, isMinimum: false, incidents: 2, hiddenIncidents: 1, samples: [] }

async function renderPage(role: 'administrator' | 'viewer' = 'administrator') {
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    'GET /api/exceptions': { items: someExceptions(Date.now()), nextCursor: null },
    'POST /api/exceptions/preview': PREVIEW,
    'POST /api/exceptions': anException({ exceptionId: 5 }),
    'PATCH /api/exceptions/4': anException({ exceptionId: 4 }),
    'POST /api/exceptions/4/revoke': anException({ exceptionId: 4, state: 'revoked' }),
  })
  renderInConsole(<ExceptionsPage />, '/exceptions')
  await waitFor(() => waitForData())
  await screen.findByRole('table', { name: 'Exceptions' })
  return recorded
}

const sent = (recorded: Awaited<ReturnType<typeof renderPage>>) => recorded.requests.filter(({ path }) => !path.endsWith('/preview'))

async function openDialog() {
  const opener = screen.getByRole('button', { name: 'Create exception' })
  await waitFor(() => expect(opener.hasAttribute('disabled')).toBe(false))
  await userEvent.click(opener)
  return within(await screen.findByRole('dialog', { name: 'New exception' }))
}

test('lists exceptions with state, hits and warnings', async () => {
  await renderPage()
  const [, active, unused, expired, revoked] = screen.getAllByRole('row').map(({ textContent }) => textContent)
  expect(active).toContain('EICAR test file')
  expect(unused).toMatch(/Path \/opt\/tests\/\*\*.*Matches nothing.*Broad.*Never expires.*None yet/)
  expect(expired).toContain('Expired')
  expect(revoked).toMatch(/Revoked.*ada@guardimesh\.local/)
  expect(screen.getByRole('link', { name: '2' }).getAttribute('href')).toBe('/findings?exception=4')
  expect(screen.queryByRole('button', { name: 'Revoke exception 1' })).toBeNull()
})

test('creates an exception after a preview, with a reason', async () => {
  const recorded = await renderPage()
  const dialog = await openDialog()
  const submit = dialog.getByRole('button', { name: 'Create exception' })
  await userEvent.click(submit)
  expect(dialog.getByText('Enter at least one criterion')).toBeTruthy()
  expect(dialog.getByText('Too short (minimum 10 characters)')).toBeTruthy()
  await userEvent.type(dialog.getByRole('textbox', { name: 'SHA-256' }), SHA256)
  expect(submit.title).toBe('Counting matching findings…')
  expect(await dialog.findByText('1,200 findings')).toBeTruthy()
  expect(dialog.getByText(/in 2 incidents, 1 of them completely/)).toBeTruthy()
  await userEvent.type(dialog.getByRole('textbox', { name: /^Reason/ }), 'Part of our tests.')
  await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Valid for' }), '90 days')
  await userEvent.click(submit)
  expect(await screen.findByText('Exception 5 created. It applies to new findings.')).toBeTruthy()
  expect(sent(recorded)).toEqual([
    {
      method: 'POST',
      path: '/api/exceptions',
      body: { criteria: { sha256: SHA256 }, reason: 'Part of our tests.', expiresInDays: 90, confirmBroad: false },
    },
  ])
})

test('a broad exception requires a confirmation', async () => {
  const recorded = await renderPage()
  const dialog = await openDialog()
  await userEvent.type(dialog.getByRole('textbox', { name: 'Namespace' }), 'ci')
  await userEvent.type(dialog.getByRole('textbox', { name: /^Reason/ }), 'Part of our tests.')
  expect(dialog.getByText('This exception also hides unknown malware')).toBeTruthy()
  const submit = dialog.getByRole('button', { name: 'Create exception' })
  await waitFor(() => expect(submit.hasAttribute('disabled')).toBe(false))
  await userEvent.click(submit)
  expect(await dialog.findByText('Confirm that the exception may hide unknown malware')).toBeTruthy()
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Create it anyway' }))
  await userEvent.click(submit)
  await waitFor(() => expect(sent(recorded)).toMatchObject([{ body: { criteria: { namespace: 'ci' }, confirmBroad: true } }]))
})

test('changes reason and expiry, and revokes', async () => {
  const recorded = await renderPage()
  await userEvent.click(await screen.findByRole('button', { name: 'Edit exception 4' }))
  const edit = within(await screen.findByRole('dialog', { name: 'Edit exception 4' }))
  await userEvent.selectOptions(edit.getByRole('combobox', { name: 'Valid for' }), 'Never expires')
  await userEvent.click(edit.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Exception 4 changed.')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke exception 4' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke exception' }))
  expect(await screen.findByText('Exception 4 revoked.')).toBeTruthy()
  expect(sent(recorded)).toEqual([
    { method: 'PATCH', path: '/api/exceptions/4', body: { reason: 'EICAR test file of the acceptance tests.', expiresInDays: 'never' } },
    { method: 'POST', path: '/api/exceptions/4/revoke', body: undefined },
  ])
})

test('viewers see exceptions, but cannot change them', async () => {
  await renderPage('viewer')
  expect(screen.getByRole('button', { name: 'Create exception' }).title).toBe('Only analysts and administrators can change exceptions.')
  expect(screen.queryByRole('button', { name: 'Edit exception 4' })).toBeNull()
})
