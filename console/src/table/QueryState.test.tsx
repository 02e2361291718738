import { fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { ApiError, ApiUnavailable } from '../api/errors.js'
import { renderInConsole } from '../testing/render.js'
import { QueryState } from './QueryState.js'

const forbidden = new ApiError({
  type: 'x',
  title: 'Forbidden',
  status: 403,
  code: 'ROLE_MISSING',
  detail: 'only administrators can do this',
  requestId: 'r1',
})

function renderQuery(data: string | undefined, error: Error | null) {
  const refetches: string[] = []
  const refetch = () => {
    refetches.push('refetch')
    return Promise.resolve()
  }
  renderInConsole(<QueryState query={{ data, error, isFetching: false, refetch }}>{(text) => <p>{text}</p>}</QueryState>)
  return refetches
}

test('shows a skeleton while loading', () => {
  renderQuery(undefined, null)
  expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy()
})

test('shows data', () => {
  renderQuery('rows', null)
  expect(screen.getByText('rows')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('explains missing permissions and shows the facts for support', () => {
  renderQuery(undefined, forbidden)
  const text = screen.getByRole('alert').textContent
  expect(text).toContain("You don't have permission to view this page")
  expect(text).toContain('Only administrators can do this')
  expect(text).toContain('ROLE_MISSING · request r1')
})

test('retries after a failure', async () => {
  const refetches = renderQuery(undefined, new ApiUnavailable('unreachable', undefined))
  expect(screen.getByRole('alert').textContent).toContain("Can't reach the server")
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(refetches).toEqual(['refetch'])
})

test('keeps the last data when a refresh fails, with a warning', () => {
  renderQuery('rows', new ApiUnavailable('unreachable', undefined))
  expect(screen.getByText('rows')).toBeTruthy()
  expect(screen.getByRole('status').textContent).toContain('Refresh failed')
})

test('offers no retry for something that does not exist', () => {
  renderQuery(undefined, new ApiError({ type: 'x', title: 'Not found', status: 404, code: 'FINDING_NOT_FOUND', detail: 'no such finding' }))
  expect(screen.getByRole('alert').textContent).toContain('Not found')
  expect(screen.queryByRole('button')).toBeNull()
})

const FAILED = { data: undefined, error: new ApiUnavailable('unreachable', undefined), isFetching: false, refetch: () => Promise.resolve() }

function RepeatedQuery() {
  const [isRepeating, setRepeating] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setRepeating(true)}>
        Repeat
      </button>
      <QueryState query={isRepeating ? { ...FAILED, error: null, isFetching: true } : FAILED}>{() => null}</QueryState>
    </>
  )
}

test('keeps the failure while a query without data is repeated', () => {
  renderInConsole(<RepeatedQuery />)
  fireEvent.click(screen.getByRole('button', { name: 'Repeat' }))
  expect(screen.getByRole('alert').textContent).toContain("Can't reach the server")
  expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull()
})
