import { expect, test } from 'vitest'
import { normalizeTarget } from './normalize-path.js'

test.each([
  { target: '/daily.cvd', expected: '/daily.cvd' },
  { target: '//daily.cvd', expected: '/daily.cvd' },
  { target: '/daily.cvd/', expected: '/daily.cvd' },
  { target: '///v1//catalog/?node=a//b', expected: '/v1/catalog?node=a//b' },
  { target: '/crlf%2Endb', expected: '/crlf.ndb' },
  { target: '/our%5Fown.ndb?x=%5F', expected: '/our_own.ndb?x=%5F' },
  { target: 'http://mirror.example//daily.cvd', expected: '/daily.cvd' },
  { target: '/v1/./status', expected: '/v1/status' },
  { target: '/a/../daily.cvd', expected: '/daily.cvd' },
  { target: '/a%2Fb', expected: '/a%2Fb' },
  { target: '/%252Fdaily.cvd', expected: '/%252Fdaily.cvd' },
  { target: '/%00', expected: '/%00' },
  { target: '/%', expected: '/%' },
  { target: '/', expected: '/' },
  { target: '//', expected: '/' },
  { target: '*', expected: '/' },
  { target: '', expected: '/' },
])('normalizes $target', ({ target, expected }) => expect(normalizeTarget(target)).toBe(expected))
