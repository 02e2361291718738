import { expect, test } from 'vitest'
import { errorCodeOf, GuardError, systemCodeOf } from './guard-error.js'
import { toProblem } from './to-problem.js'

test('an error of ours says its code, status and detail', () => {
  expect(toProblem(new GuardError('API_KEY_REVOKED', 'The key was revoked.'), 'r1')).toEqual({
    type: 'urn:guardimesh:error:API_KEY_REVOKED',
    title: 'Api key revoked',
    status: 401,
    code: 'API_KEY_REVOKED',
    detail: 'The key was revoked.',
    requestId: 'r1',
  })
})

test('any other error tells nothing of itself', () => {
  const problem = toProblem(new Error('password=hunter2'))
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' })
  expect(JSON.stringify(problem)).not.toContain('hunter2')
})

test('whether an error may go away is known from its code', () => {
  expect(new GuardError('DATABASE_UNAVAILABLE', '').isRetryable).toBe(true)
  expect(new GuardError('RESULT_INVALID', '').isRetryable).toBe(false)
  expect(errorCodeOf(new TypeError('x'))).toBe('INTERNAL')
  expect(systemCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT')
})
