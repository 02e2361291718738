import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
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

test('focuses the row that was opened when the user returns', async () => {
  const { router } = renderInConsole(<DataTable label="Pods" columns={COLUMNS} rows={ROWS} rowKey={({ name }) => name} />, '/pods')
  await userEvent.click(screen.getByRole('link', { name: 'c' }))
  screen.getByRole('link', { name: 'c' }).blur()
  await router.navigate(-1)
  await waitFor(() => expect(document.activeElement?.textContent).toBe('c'))
})
