import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someNodesWithSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { mockFetch, sessionOf } from '../../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../../testing/render.js'
import { SignatureSettingsPage } from './SignatureSettingsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function renderPage({ role = 'administrator' as 'administrator' | 'viewer', canChange = true, answers = {} } = {}) {
  const view = { ...someSignatures(Date.now()), canChange }
  const recorded = mockFetch({
    '/api/session': sessionOf(role),
    '/api/signatures/nodes': { items: someNodesWithSignatures(Date.now()) },
    'PUT /api/signatures/settings': view.server,
    '/api/signatures': view,
    ...answers,
  })
  renderInConsole(<SignatureSettingsPage />, '/signatures/settings')
  await waitFor(() => waitForData())
  return recorded
}

test('saves canary nodes, share and profile', async () => {
  const { requests } = await renderPage()
  await userEvent.type(screen.getByRole('combobox', { name: 'Canary nodes' }), 'node-a1{Enter}')
  const share = screen.getByRole('textbox', { name: 'Share of all nodes' })
  await userEvent.clear(share)
  await userEvent.type(share, '25')
  await userEvent.click(screen.getByRole('radio', { name: 'Minimal' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Saved.')).toBeTruthy()
  expect(requests).toEqual([
    {
      method: 'PUT',
      path: '/api/signatures/settings',
      body: {
        canary: { nodes: ['node-a1'], percent: 25, soakMinutes: 15, holdAfterDetections: 3 },
        pinned: false,
        profile: 'minimal',
        profileFiles: [],
      },
    },
  ])
})

test('shows the memory of each profile', async () => {
  await renderPage()
  const group = screen.getByRole('radiogroup', { name: 'Signatures loaded by nodes' })
  expect(within(group).getByText('1.2 GiB RAM')).toBeTruthy()
  for (const memory of ['830 MiB RAM', '486 MiB RAM']) expect(within(group).getByText(memory)).toBeTruthy()
  expect(within(group).getAllByText('not measured')).toHaveLength(1)
})

test('requires databases for the custom profile', async () => {
  const { requests } = await renderPage()
  await userEvent.click(screen.getByRole('radio', { name: 'Selected databases' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Select at least one database')).toBeTruthy()
  await userEvent.type(screen.getByRole('combobox', { name: 'Databases' }), 'daily.cvd{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests[0]?.body).toMatchObject({ profile: 'custom', profileFiles: ['daily.cvd'] }))
})

test('shows a failure and keeps the input', async () => {
  await renderPage({ answers: { 'PUT /api/signatures/settings': problem('INTERNAL', 'saving the settings failed') } })
  await userEvent.click(screen.getByRole('radio', { name: 'Linux' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Saving the settings failed')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Linux' }).checked).toBe(true)
})

test.each([
  { name: 'viewers', options: { role: 'viewer' as const }, reason: 'Only signature managers and administrators can change signatures.' },
  { name: 'a backend without the key', options: { canChange: false }, reason: /no management key.*SIGNATURE_SERVER_MANAGEMENT_KEY_FILE/ },
])('is read-only with an explanation for $name', async ({ options, reason }) => {
  await renderPage(options)
  expect(await screen.findByText(reason)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
  expect(screen.getByRole('radio', { name: 'Minimal' }).matches(':disabled')).toBe(true)
})
