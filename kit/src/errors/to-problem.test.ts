import { API_ERROR_CODES } from '@guardimesh/contracts/errors/api-codes'
import { expect, test } from 'vitest'
import { errorCodeOf, GuardError, isErrorCode, systemCodeOf } from './guard-error.js'
import { NODE_ERROR_CODES } from './node-codes.js'
import { toProblem } from './to-problem.js'

test('includes code, status and detail of a GuardError', () => {
  expect(toProblem(new GuardError('API_KEY_REVOKED', 'The key was revoked.'), 'r1')).toEqual({
    type: 'urn:guardimesh:error:API_KEY_REVOKED',
    title: 'Api key revoked',
    status: 401,
    code: 'API_KEY_REVOKED',
    detail: 'The key was revoked.',
    requestId: 'r1',
  })
})

test.each([
  { name: 'any other error', error: new Error('password=hunter2') },
  { name: 'a node code', error: new GuardError('SPOOL_UNUSABLE', 'password=hunter2') },
])('reports $name as INTERNAL without its message', ({ error }) => {
  const problem = toProblem(error)
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' })
  expect(JSON.stringify(problem)).not.toContain('hunter2')
})

test('derives from the code whether an error is retryable', () => {
  expect(new GuardError('DATABASE_UNAVAILABLE', '').isRetryable).toBe(true)
  expect(new GuardError('RESULT_INVALID', '').isRetryable).toBe(false)
  expect(new GuardError('PEER_DISCONNECTED', '').isRetryable).toBe(true)
  expect(new GuardError('FRAME_INVALID', '').isRetryable).toBe(false)
})

test('returns the codes of GuardErrors and of system errors', () => {
  expect(errorCodeOf(new TypeError('x'))).toBe('INTERNAL')
  expect(systemCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT')
})

test('has no code in both lists', () => {
  expect(Object.keys(NODE_ERROR_CODES).filter((code) => Object.hasOwn(API_ERROR_CODES, code))).toEqual([])
  expect(isErrorCode('ENGINE_TIMEOUT')).toBe(true)
  expect(isErrorCode('ENOENT')).toBe(false)
})
