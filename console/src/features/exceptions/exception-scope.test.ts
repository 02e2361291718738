import { expect, test } from 'vitest'
import { criteriaOf, scopesOf } from './exception-scope.js'

const SOURCE = {
  sha256: 'ab'.repeat(32),
  signature: 'Worm',
  path: '/srv/a*b',
  image: 'app:1',
  workload: 'app-1',
  namespace: 'shop',
  cluster: 'prod',
}
const given = (texts: object) => Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))

test.each([
  { scope: 'workload', expected: { workload: 'app-1', namespace: 'shop', cluster: 'prod' } },
  { scope: 'image', expected: { image: 'app:1' } },
  { scope: 'namespace', expected: { namespace: 'shop', cluster: 'prod' } },
  { scope: 'everywhere', expected: {} },
] as const)('the scope $scope limits the content', ({ scope, expected }) => {
  expect(given(criteriaOf(SOURCE, scope))).toEqual({ sha256: SOURCE.sha256, ...expected })
})

test('a content without a hash is described by signature and path, without wildcards', () => {
  expect(given(criteriaOf({ ...SOURCE, sha256: null }, 'cluster'))).toEqual({ signature: 'Worm', path: '/srv/a\\*b', cluster: 'prod' })
})

test('offers only scopes whose facts are known', () => {
  expect(scopesOf(SOURCE)).toEqual(['workload', 'image', 'namespace', 'cluster', 'everywhere'])
  expect(scopesOf({ ...SOURCE, namespace: '', workload: '', image: null })).toEqual(['cluster', 'everywhere'])
})
