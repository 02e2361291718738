import { expect, test } from 'vitest'
import { canaryNodes } from './canary-nodes.js'

const node = (clusterId: string, nodeName: string, firstSeenAtMs: number) => ({ clusterId, nodeName, firstSeenAt: new Date(firstSeenAtMs) })

test('selects the node of each name that reported first', () => {
  const nodes = [node('a-forged', 'n1', 20), node('b', 'n1', 10), node('c-forged', 'n1', 30), node('b', 'n2', 10), node('b', 'n3', 10)]
  expect(canaryNodes(['n1', 'n3', 'unknown'], nodes)).toEqual([node('b', 'n1', 10), node('b', 'n3', 10)])
})
