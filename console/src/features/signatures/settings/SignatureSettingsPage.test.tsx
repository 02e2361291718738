import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someNodesWithSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { SignatureSettingsPage } from './SignatureSettingsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function draw({ role = 'administrator' as 'administrator' | 'viewer', canChange = true, answers = {} } = {}) {
  const view = { ...someSignatures(Date.now()), canChange }
  const edge = answerWith({
    '/api/session': sessionOf(role),
    '/api/signatures/nodes': { items: someNodesWithSignatures(Date.now()) },
    'PUT /api/signatures/settings': view.server,
    '/api/signatures': view,
    ...answers,
  })
  renderInConsole(<SignatureSettingsPage />, '/signatures/settings')
  await waitFor(() => dataIsDrawn())
  return edge
}

test('canary nodes, share and profile are chosen and saved together', async () => {
  const { asked } = await draw()
  await userEvent.type(screen.getByRole('combobox', { name: 'Canary nodes' }), 'node-a1{Enter}')
  const share = screen.getByRole('textbox', { name: 'Share of all nodes' })
  await userEvent.clear(share)
  await userEvent.type(share, '25')
  await userEvent.click(screen.getByRole('radio', { name: 'Minimal' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Saved.')).toBeTruthy()
  expect(asked).toEqual([
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

test('the memory that a profile takes is shown before it is chosen', async () => {
  await draw()
  const group = screen.getByRole('radiogroup', { name: 'Which signatures nodes load' })
  expect(within(group).getByText('1.2 GiB in ClamAV')).toBeTruthy()
  for (const memory of ['830 MiB in ClamAV', '486 MiB in ClamAV']) expect(within(group).getByText(memory)).toBeTruthy()
  expect(within(group).getAllByText('not measured')).toHaveLength(1)
})

test('chosen databases must be named', async () => {
  const { asked } = await draw()
  await userEvent.click(screen.getByRole('radio', { name: 'Chosen databases' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Choose at least one database')).toBeTruthy()
  await userEvent.type(screen.getByRole('combobox', { name: 'Databases' }), 'daily.cvd{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked[0]?.body).toMatchObject({ profile: 'custom', profileFiles: ['daily.cvd'] }))
})

test('a failure is shown and what was chosen stays', async () => {
  await draw({ answers: { 'PUT /api/signatures/settings': problem('INTERNAL', 'the settings could not be stored') } })
  await userEvent.click(screen.getByRole('radio', { name: 'Linux' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The settings could not be stored')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Linux' }).checked).toBe(true)
})

test.each([
  { name: 'viewers', options: { role: 'viewer' as const }, reason: 'Only administrators change signatures.' },
  { name: 'a backend without the key', options: { canChange: false }, reason: /no management key.*SIGNATURE_SERVER_MANAGEMENT_KEY_FILE/ },
])('$name: read only, and told why', async ({ options, reason }) => {
  await draw(options)
  expect(await screen.findByText(reason)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
  expect(screen.getByRole('radio', { name: 'Minimal' }).matches(':disabled')).toBe(true)
})
