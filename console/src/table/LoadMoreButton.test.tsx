import { useInfiniteQuery } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { aFinding } from '../../mock-api/fixtures/a-finding.js'
import { findingList } from '../api/queries/findings.js'
import { renderInConsole } from '../testing/render.js'
import { PagedTable } from './PagedTable.js'

const fetchMock = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchMock.mockReset())

const PROBLEM = { type: 'about:blank', title: 'Cursor invalid', status: 400, code: 'CURSOR_INVALID', detail: 'the cursor is invalid' }

function List() {
  return (
    <PagedTable
      label="Findings"
      columns={[{ header: 'path', cell: ({ path }) => path }]}
      rowKey={({ findingId }) => findingId}
      query={useInfiniteQuery(findingList({ last: '7d' }, { sort: 'received', order: 'desc' }))}
      empty={null}
    />
  )
}

/** Answers the first page, then `next`, each time with the time at which the request was sent. */
function answer(next: () => Response) {
  const urls: URL[] = []
  fetchMock.mockImplementation((url) => {
    urls.push(new URL(String(url), 'http://console.test'))
    const isFirst = !urls.at(-1)?.searchParams.has('cursor')
    const id = isFirst ? 'first' : 'second'
    const page = {
      items: [aFinding({ findingId: id, path: `/${id}` })],
      nextCursor: isFirst ? 'next' : null,
      total: 2,
      totalIsMinimum: false,
      excepted: null,
    }
    return Promise.resolve(isFirst ? Response.json(page) : next())
  })
  return urls
}

test('requests the next page with the same start of the time range', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const second = {
    items: [aFinding({ findingId: 'second', path: '/second' })],
    nextCursor: null,
    total: null,
    totalIsMinimum: false,
    excepted: null,
  }
  const urls = answer(() => Response.json(second))
  renderInConsole(<List />)
  await screen.findByText('/first')
  vi.setSystemTime(Date.now() + 60_000)
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }))
  await screen.findByText('/second')
  vi.useRealTimers()
  expect(urls.map((url) => url.searchParams.get('since'))).toEqual([urls[0]?.searchParams.get('since'), urls[0]?.searchParams.get('since')])
  expect(urls[0]?.searchParams.get('since')).toMatch(/^20\d\d-/)
})

test('reports a failure next to the button, in plain words, and reloads the list', async () => {
  answer(() => Response.json(PROBLEM, { status: 400, headers: { 'content-type': 'application/problem+json' } }))
  renderInConsole(<List />)
  await userEvent.click(await screen.findByRole('button', { name: 'Load more' }))
  const failure = await screen.findByRole('alert')
  expect(failure.textContent).toContain('The list changed on the server. Reload it to continue.')
  expect(failure.nextElementSibling).toBe(screen.getByRole('button', { name: 'Load more' }))
  expect(screen.queryByText(/Showing the last known data/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Reload list' }))
  await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})
