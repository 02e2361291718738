import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderInConsole } from '../../test/render.js'
import { ApiError, ApiUnusable } from '../api/errors.js'
import { QueryState } from './QueryState.js'

const forbidden = new ApiError({
  type: 'x',
  title: 'Forbidden',
  status: 403,
  code: 'ROLE_MISSING',
  detail: 'only an administrator may do this',
  requestId: 'r1',
})

function draw(data: string | undefined, error: Error | null) {
  const asked: string[] = []
  const refetch = () => {
    asked.push('again')
    return Promise.resolve()
  }
  renderInConsole(<QueryState query={{ data, error, isFetching: false, refetch }}>{(text) => <p>{text}</p>}</QueryState>)
  return asked
}

test('waiting', () => {
  draw(undefined, null)
  expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy()
})

test('data', () => {
  draw('rows', null)
  expect(screen.getByText('rows')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('forbidden says so, with what support needs', () => {
  draw(undefined, forbidden)
  const text = screen.getByRole('alert').textContent
  expect(text).toContain('You may not see this')
  expect(text).toContain('Only an administrator may do this')
  expect(text).toContain('ROLE_MISSING · request r1')
})

test('a failure can be tried again', async () => {
  const asked = draw(undefined, new ApiUnusable('unreachable', undefined))
  expect(screen.getByRole('alert').textContent).toContain('The backend does not answer')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(asked).toEqual(['again'])
})

test('the last answer stays when it cannot be renewed, and that is said', () => {
  draw('rows', new ApiUnusable('unreachable', undefined))
  expect(screen.getByText('rows')).toBeTruthy()
  expect(screen.getByRole('status').textContent).toContain('it could not be renewed')
})
