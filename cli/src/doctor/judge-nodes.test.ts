import type { V1Node } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { judgeNodes } from './judge-nodes.js'

function aNode(facts: {
  readonly architecture?: string
  readonly kernelVersion?: string
  readonly memory?: string
  readonly ready?: string
}) {
  const { architecture = 'amd64', kernelVersion = '6.1.0-21-amd64', memory = '8Gi', ready = 'True' } = facts
  const nodeInfo = { architecture, kernelVersion, operatingSystem: 'linux', containerRuntimeVersion: 'containerd://1.7.2' }
  return {
    metadata: { name: 'one' },
    status: { nodeInfo, allocatable: { memory }, conditions: [{ type: 'Ready', status: ready }] },
  } as unknown as V1Node
}

test.each([
  { name: 'a suitable node', nodes: [aNode({})], expected: ['ok', 'nodes'], text: '1 node, amd64, containerd://1.7.2' },
  { name: 'no node', nodes: [], expected: ['fail', 'nodes'], text: 'no nodes' },
  { name: 'a kernel without openat2', nodes: [aNode({ kernelVersion: '5.4.0' })], expected: ['fail', 'node one'], text: 'openat2' },
  { name: 'an unsupported architecture', nodes: [aNode({ architecture: 's390x' })], expected: ['fail', 'node one'], text: 's390x' },
  { name: 'a small node', nodes: [aNode({ memory: '2Gi' })], expected: ['warn', 'node one'], text: '2.0 GiB' },
  { name: 'a node that is not ready', nodes: [aNode({ ready: 'False' })], expected: ['fail', 'node one'], text: 'not ready' },
  {
    name: 'a mixed cluster',
    nodes: [aNode({}), aNode({ architecture: 'arm64' })],
    expected: ['warn', 'nodes'],
    text: 'amd64 and arm64. A bundle is for one architecture',
  },
])('$name', ({ nodes, expected, text }) => {
  const worst = judgeNodes(nodes).toSorted((a, b) => RANKS.indexOf(a.status) - RANKS.indexOf(b.status))[0]
  expect([worst?.status, worst?.name]).toEqual(expected)
  expect(worst?.message).toContain(text)
})

const RANKS = ['fail', 'warn', 'ok']
