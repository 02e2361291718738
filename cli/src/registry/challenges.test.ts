import { expect, test } from 'vitest'
import { parseChallenges } from './challenges.js'

test.each([
  { header: 'Basic realm="a, b"', expected: [['basic', { realm: 'a, b' }]] },
  {
    header: 'Basic realm="old", Bearer realm="https://t.example/token",service="registry", scope="repository:x:pull,push"',
    expected: [
      ['bearer', { realm: 'https://t.example/token', service: 'registry', scope: 'repository:x:pull,push' }],
      ['basic', { realm: 'old' }],
    ],
  },
  {
    header: 'Negotiate, BEARER Realm = "https://t.example/\\"x\\"", service=plain',
    expected: [['bearer', { realm: 'https://t.example/"x"', service: 'plain' }]],
  },
  { header: 'Negotiate', expected: [] },
  { header: '', expected: [] },
])('parses $header', ({ header, expected }) => {
  expect(parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])).toEqual(expected)
})
