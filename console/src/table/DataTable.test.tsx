import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { expect, test, vi } from 'vitest'
import { renderInConsole } from '../testing/render.js'
import { type Column, DataTable } from './DataTable.js'
import { RowLink } from './RowLink.js'

interface Row {
  name: string
}

const COLUMNS: readonly Column<Row>[] = [{ header: 'pod', cell: ({ name }) => <RowLink to={`/pods/${name}`}>{name}</RowLink> }]
const ROWS = [{ name: 'a' }, { name: '<b>b</b>' }, { name: 'c' }]

const renderTable = () =>
  renderInConsole(<DataTable label="Pods" columns={COLUMNS} rows={ROWS} rowKey={({ name }) => name} isNew={({ name }) => name === 'a'} />)

test('shows rows below their headings and renders data as text', () => {
  renderTable()
  const table = screen.getByRole('table', { name: 'Pods' })
  expect(within(table).getByRole('columnheader').textContent).toBe('Pod')
  expect(
    within(table)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['a', '<b>b</b>', 'c'])
})

test.each([
  { keys: '{ArrowDown}', focused: '<b>b</b>' },
  { keys: '{ArrowDown}{ArrowDown}{ArrowDown}', focused: 'c' },
  { keys: '{ArrowUp}', focused: 'a' },
  { keys: '{End}', focused: 'c' },
  { keys: '{End}{Home}', focused: 'a' },
])('moves to the row $focused with $keys', async ({ keys, focused }) => {
  renderTable()
  const user = userEvent.setup()
  await user.tab()
  await user.keyboard(keys)
  expect(document.activeElement?.textContent).toBe(focused)
})

test('opens the row with Enter', async () => {
  const { router } = renderTable()
  const user = userEvent.setup()
  await user.tab()
  await user.keyboard('{End}{Enter}')
  expect(router.state.location.pathname).toBe('/pods/c')
})

function Pods() {
  const { pathname } = useLocation()
  return pathname === '/pods' ? <DataTable label="Pods" columns={COLUMNS} rows={ROWS} rowKey={({ name }) => name} /> : null
}

test('focuses the row that was opened when the user returns, once', async () => {
  const { router } = renderInConsole(<Pods />, '/pods')
  const link = () => screen.findByRole('link', { name: 'c' })
  await userEvent.click(await link())
  await router.navigate(-1)
  const opened = await link()
  await waitFor(() => expect(document.activeElement).toBe(opened))
  await router.navigate('/nodes')
  await waitFor(() => expect(screen.queryByRole('table')).toBeNull())
  await router.navigate('/pods')
  await link()
  expect(document.activeElement).toBe(document.body)
})

test('sorts by a column, first in its own order', async () => {
  const onChange = vi.fn()
  const columns: readonly Column<Row>[] = [{ header: 'pod', sort: { key: 'pod', firstOrder: 'asc' }, cell: ({ name }) => name }]
  const render = (sort: string) =>
    renderInConsole(
      <DataTable label="Pods" columns={columns} rows={ROWS} rowKey={({ name }) => name} sorting={{ sort, order: 'asc', onChange }} />,
    )
  const { unmount } = render('node')
  expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Pod' }))
  unmount()
  render('pod')
  expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe('ascending')
  await userEvent.click(screen.getByRole('button', { name: 'Pod' }))
  expect(onChange.mock.calls).toEqual([
    ['pod', 'asc'],
    ['pod', 'desc'],
  ])
})
