import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { someApiKeys } from '../../../mock-api/fixtures/api-keys.js'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { ApiKeysPage } from './ApiKeysPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const KEY = 'gmk_123456_0123456789abcdef'

async function renderPage(role: 'administrator' | 'viewer' = 'administrator') {
  let keys = someApiKeys(Date.now())
  const revoke = () => {
    keys = keys.map((key) => ({ ...key, revokedAt: '2026-03-01T00:00:00.000Z' }))
    return new Response(null, { status: 204 })
  }
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    'GET /api/keys': () => ({ items: keys }),
    'POST /api/keys/create': { ...keys[0], label: 'East', key: KEY },
    'DELETE /api/keys/': revoke,
  })
  renderInConsole(<ApiKeysPage />, '/api-keys')
  await waitFor(() => waitForData())
  return recorded
}

const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent

async function createKey() {
  const opener = screen.getByRole('button', { name: 'New key' })
  await waitFor(() => expect(opener.hasAttribute('disabled')).toBe(false))
  await userEvent.click(opener)
  const form = await screen.findByRole('dialog', { name: 'New API key' })
  await userEvent.type(within(form).getByLabelText('Label'), 'East')
  await userEvent.click(within(form).getByRole('button', { name: 'Create key' }))
  return screen.findByRole('dialog', { name: 'Your new key' })
}

test.each([
  { name: 'the key was copied', store: () => userEvent.click(screen.getByRole('button', { name: 'Copy key' })) },
  { name: 'the user confirmed', store: () => userEvent.click(screen.getByRole('checkbox', { name: 'I have stored the key' })) },
])('keeps a new key open until $name, then returns the focus', async ({ store }) => {
  await renderPage()
  const dialog = await createKey()
  // userEvent replaces the clipboard, which jsdom lacks.
  userEvent.setup()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
  expect(within(dialog).getByText(KEY)).toBeTruthy()
  const done = within(dialog).getByRole('button', { name: 'Done' })
  expect([done.hasAttribute('disabled'), done.title]).toEqual([true, 'Copy the key, or confirm that you have stored it.'])
  await store()
  await waitFor(() => expect(done.hasAttribute('disabled')).toBe(false))
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(focused()).toBe('New key'))
  expect(screen.queryByText(KEY)).toBeNull()
})

test('revokes a key and moves the focus to the title, because the button is gone', async () => {
  const { requests } = await renderPage()
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke key SIEM export' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke key' }))
  expect(await screen.findByText('Key “SIEM export” revoked.')).toBeTruthy()
  await waitFor(() => expect(focused()).toBe('API keys'))
  expect(requests).toMatchObject([{ method: 'DELETE', path: '/api/keys/key-2' }])
})

test('returns the focus to the revoke button after Escape', async () => {
  await renderPage()
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke key SIEM export' }))
  await screen.findByRole('dialog')
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('Revoke key SIEM export'))
})

test('explains to viewers why they cannot create keys', async () => {
  await renderPage('viewer')
  const button = screen.getByRole('button', { name: 'New key' })
  await waitFor(() => expect(button.title).toBe('Only administrators can create and revoke keys.'))
  expect(button.hasAttribute('disabled')).toBe(true)
})
