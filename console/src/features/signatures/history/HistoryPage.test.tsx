import type { SignaturesView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { someAlerts } from '../../../../mock-api/fixtures/signature-parts.js'
import { anImport, canarySignatures, someSignatures } from '../../../../mock-api/fixtures/signatures.js'
import { answerWith, sessionOf } from '../../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../../test/render.js'
import { HistoryPage } from './HistoryPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function draw(view: SignaturesView, { role = 'administrator' as 'administrator' | 'viewer', answers = {} } = {}) {
  const edge = answerWith({
    '/api/session': sessionOf(role),
    '/api/signatures/alerts': { items: someAlerts(Date.now()) },
    'POST /api/signatures/rollback': view.server,
    'PUT /api/signatures/settings': view.server,
    '/api/signatures': view,
    ...answers,
  })
  const drawn = renderInConsole(<HistoryPage />, '/signatures/history')
  await waitFor(() => dataIsDrawn())
  return { ...drawn, ...edge }
}

function withImports(...imports: ReturnType<typeof anImport>[]): SignaturesView {
  const view = someSignatures(Date.now())
  return { ...view, server: view.server && { ...view.server, imports } }
}

test('rolling back says what will happen, and why is asked', async () => {
  const { asked } = await draw(someSignatures(Date.now()))
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  const dialog = await screen.findByRole('dialog', { name: 'Make 20260227-0300 the live generation?' })
  expect(dialog.textContent).toContain('3 nodes that report switch to it at once')
  expect(within(dialog).getByRole('list', { name: 'What changes' }).textContent).toBe('daily.cvd: version 27816 → version 27814')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'false alarms')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make it live' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked).toEqual([
    { method: 'POST', path: '/api/signatures/rollback', body: { generation: '20260227-0300', reason: 'false alarms' } },
  ])
})

test('when somebody else was faster, the dialog says so and stays', async () => {
  const refusal = problem('SIGNATURES_CHANGED', 'another generation became the live one meanwhile')
  await draw(someSignatures(Date.now()), { answers: { 'POST /api/signatures/rollback': refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Make it live' }))
  expect((await within(screen.getByRole('dialog')).findByRole('alert')).textContent).toContain('Another generation became the live one')
})

test('the roll-out that a roll back ends is named; a newer generation is made live, not rolled back to', async () => {
  await draw(canarySignatures(Date.now(), 'held'))
  const row = screen.getByRole('row', { name: /^20260302-0300/ })
  expect(within(row).getByText('Held')).toBeTruthy()
  expect(within(row).getByRole('button').textContent).toBe('Make live')
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to 20260227-0300' }))
  expect((await screen.findByRole('dialog')).textContent).toContain('The roll-out of 20260302-0300 ends.')
})

test('the live generation is pinned with all other settings as they are', async () => {
  const view = someSignatures(Date.now())
  const { asked } = await draw(view)
  await userEvent.click(await screen.findByRole('button', { name: 'Pin the live one' }))
  const dialog = await screen.findByRole('dialog', { name: 'Pin the live generation?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Pin the live one' }))
  await waitFor(() => expect(asked[0]?.body).toEqual({ ...view.server?.settings, pinned: true }))
})

test.each([
  { name: 'viewers', role: 'viewer', view: someSignatures(Date.now()), reason: 'Only administrators change signatures.' },
  {
    name: 'a backend without the key',
    role: 'administrator',
    view: { ...someSignatures(Date.now()), canChange: false },
    reason: /no management key/,
  },
] as const)('$name cannot roll back and are told why', async ({ role, view, reason }) => {
  await draw(view, { role })
  expect(await screen.findByText(reason)).toBeTruthy()
  for (const name of ['Roll back to 20260227-0300', 'Pin the live one'])
    expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(true)
})

test('who brought what in, how, and whose key had signed it', async () => {
  await draw(
    withImports(
      anImport({ importId: 'a', source: 'upload', importedBy: 'ann@guardimesh.local', signedBy: 'SHA256:abc' }),
      anImport({ importId: 'b', source: 'change', files: [], importedBy: 'bob@guardimesh.local' }),
      anImport({ importId: 'c', state: 'refused', check: 'golden-set', message: 'It matches /bin/ls.', generation: '' }),
    ),
  )
  const rows = within(screen.getByRole('table', { name: 'Imports' }))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Published.*ann@guardimesh.local.*Uploaded.*Signed by SHA256:abc.*In the generation 20260301-0300/),
    expect.stringMatching(/Custom signatures or profile.*bob@guardimesh.local.*Changed here/),
    expect.stringMatching(/Refused.*Copied into incoming.*Refused by the check golden-set.*It matches \/bin\/ls/),
  ])
})

test('of many imports the latest are shown first, and all on request', async () => {
  await draw(withImports(...Array.from({ length: 20 }, (_, index) => anImport({ importId: `i${index}` }))))
  const rows = () => within(screen.getByRole('table', { name: 'Imports' })).getAllByRole('row').length - 1
  expect(rows()).toBe(8)
  await userEvent.click(screen.getByRole('button', { name: 'Show all 20' }))
  expect(rows()).toBe(20)
})

test('alerts that are over stay in the history', async () => {
  await draw(someSignatures(Date.now()))
  const rows = within(await screen.findByRole('table', { name: 'Alerts' }))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Nodes refuse a generation.*open/),
    expect.stringMatching(/Signatures are old.*3h ago/),
  ])
})
