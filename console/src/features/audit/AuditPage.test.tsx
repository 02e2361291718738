import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { someAuditEntries } from '../../../mock-api/fixtures/audit.js'
import { mockFetch } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { AuditPage } from './AuditPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const ENTRIES = someAuditEntries(Date.parse('2026-03-01T12:00:00Z'))
const page = { items: ENTRIES, nextCursor: null, total: ENTRIES.length, totalIsMinimum: false }
const intact = { isIntact: true, entries: 6, firstPosition: 1, lastPosition: 6, lastHash: '0'.repeat(64), broken: null }

test('lists entries, and shows what one of them changed', async () => {
  mockFetch({ '/api/audit': page })
  renderInConsole(<AuditPage />, '/audit')
  await waitForData()
  const [, , change] = screen.getAllByRole('row')
  expect(change?.textContent).toContain('incident.change')
  expect(change?.textContent).toContain('admin@guardimesh.local10.1.2.317Success')
  fireEvent.click(screen.getByRole('button', { name: 'incident.change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Entry 5' })
  const rows = within(dialog).getAllByRole('row')
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'FieldBeforeAfter',
    'assigneenulladmin@guardimesh.local',
    'statusnewin_progress',
  ])
  expect(dialog.textContent).toContain('I take this one.')
})

test('filters in the address and exports with the same filters', async () => {
  mockFetch({ '/api/audit?action=%7Elog-in&result=failure&limit=200': { ...page, items: [] } })
  renderInConsole(<AuditPage />, '/audit?action=~log-in&result=failure')
  expect(await screen.findByText('No entries match these filters.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Export' }))
  const item = await screen.findByRole('menuitem', { name: 'CSV, for spreadsheets' })
  expect(item.getAttribute('href')).toBe('/api/audit/export?action=%7Elog-in&result=failure&format=csv')
})

test.each([
  { result: intact, text: 'The log is intact: 6 entries verified' },
  {
    result: { ...intact, isIntact: false, broken: { position: 3, reason: 'changed', explanation: 'x' } },
    text: "Entry 3 was changed after it was written. Entries from there on can't be trusted.",
  },
])('shows the result of the verification: $text', async ({ result, text }) => {
  mockFetch({ '/api/audit': page, '/api/audit/verify': result })
  renderInConsole(<AuditPage />, '/audit')
  await waitForData()
  fireEvent.click(screen.getByRole('button', { name: 'Verify' }))
  expect(await screen.findByText(text)).toBeTruthy()
})
