import { expect, test } from 'vitest'
import { isOwnContainer } from './own-containers.js'

const isOwn = isOwnContainer({ namespace: 'guardimesh-system', daemonSet: 'guardimesh-engines' })

test.each([
  { namespace: 'guardimesh-system', podName: 'guardimesh-engines-2bd8s', is: true },
  { namespace: 'guardimesh-system', podName: 'guardimesh-scanner-655c4', is: true },
  { namespace: 'guardimesh-system', podName: 'guardimesh-backend-65c5f7865b-6r4mr', is: false },
  { namespace: 'shop', podName: 'guardimesh-engines-2bd8s', is: false },
])('$namespace/$podName: $is', ({ namespace, podName, is }) => expect(isOwn({ namespace, podName })).toBe(is))

test('no container is its own without a cluster', () => {
  expect(isOwnContainer(undefined)({ namespace: '', podName: 'guardimesh-engines-1' })).toBe(false)
})
