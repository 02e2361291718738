import { expect, test } from 'vitest'
import { stateOf } from './self-test-condition.js'

test('names every failed part with its reason', () => {
  const failures = new Map([
    ['layer', 'no event of a write'],
    ['clamav', 'no verdict of ClamAV yet'],
  ])
  const message = 'layer: no event of a write; clamav: no verdict of ClamAV yet'
  expect(stateOf(failures)).toEqual({ status: 'True', reason: 'SelfTestFailed', message })
  expect(stateOf(new Map())).toMatchObject({ status: 'False', reason: 'SelfTestPassed' })
})
