import { expect, test } from 'vitest'
import { describeResults, isAtLeast } from './check.js'
import { judgeNode } from './node-checks.js'
import type { NodeFacts } from './node-facts.js'

const GIB = 1024 ** 3

function someFacts(changes: Partial<NodeFacts> = {}): NodeFacts {
  return {
    kernelRelease: '6.1.0-21-amd64',
    hasBtf: true,
    hasFanotify: true,
    hasOverlay: true,
    hasSeccomp: true,
    cgroup: 'v2',
    runtimes: [{ path: '/run/containerd/containerd.sock', reason: 'the socket exists', version: 'containerd 1.7.2', error: '' }],
    freeDiskBytes: 40 * GIB,
    memoryTotalBytes: 8 * GIB,
    memoryAvailableBytes: 6 * GIB,
    isClockSynchronised: true,
    nameServers: [{ address: '10.0.0.2', answers: true }],
    ...changes,
  }
}

const silent = { path: '/run/crio/crio.sock', reason: 'the socket exists', version: undefined, error: 'connect EACCES' }

test('reports no problems for a suitable node', () => {
  expect(judgeNode(someFacts(), 'full').filter(({ status }) => status !== 'ok')).toEqual([])
})

test.each([
  { name: 'an old kernel', facts: { kernelRelease: '4.18.0-553.el8' }, expected: ['kernel', 'fail'] },
  { name: 'a kernel without openat2', facts: { kernelRelease: '5.5.19' }, expected: ['kernel', 'fail'] },
  { name: 'no fanotify', facts: { hasFanotify: false }, expected: ['fanotify', 'fail'] },
  { name: 'unknown fanotify', facts: { hasFanotify: undefined }, expected: ['fanotify', 'warn'] },
  { name: 'no BTF', facts: { hasBtf: false }, expected: ['BTF', 'warn'] },
  { name: 'no overlayfs', facts: { hasOverlay: false }, expected: ['overlayfs', 'warn'] },
  { name: 'no seccomp', facts: { hasSeccomp: false }, expected: ['seccomp', 'fail'] },
  { name: 'no cgroups', facts: { cgroup: undefined }, expected: ['cgroups', 'fail'] },
  { name: 'no runtime', facts: { runtimes: [] }, expected: ['runtime', 'fail'] },
  { name: 'an unresponsive runtime', facts: { runtimes: [silent] }, expected: ['runtime', 'fail'] },
  { name: 'a small disk', facts: { freeDiskBytes: 8 * GIB }, expected: ['disk', 'warn'] },
  { name: 'a full disk', facts: { freeDiskBytes: GIB }, expected: ['disk', 'fail'] },
  { name: 'too little available memory', facts: { memoryAvailableBytes: 2 * GIB }, expected: ['memory', 'warn'] },
  { name: 'too little total memory', facts: { memoryAvailableBytes: GIB, memoryTotalBytes: 2 * GIB }, expected: ['memory', 'fail'] },
  { name: 'an unsynchronized clock', facts: { isClockSynchronised: false }, expected: ['clock', 'warn'] },
  { name: 'an unreachable name server', facts: { nameServers: [{ address: '10.0.0.2', answers: false }] }, expected: ['DNS', 'warn'] },
] satisfies { name: string; facts: Partial<NodeFacts>; expected: string[] }[])('$name', ({ facts, expected }) => {
  const wrong = judgeNode(someFacts(facts), 'full').filter(({ status }) => status !== 'ok')
  expect(wrong.map(({ name, status }) => [name, status])).toEqual([expected])
  expect(wrong[0]?.advice).toBeTruthy()
})

test('requires less memory for the profile linux', () => {
  const facts = someFacts({ memoryAvailableBytes: 1.5 * GIB, memoryTotalBytes: 2 * GIB })
  expect(judgeNode(facts, 'linux').filter(({ status }) => status !== 'ok')).toEqual([])
})

test.each([
  { release: '5.6.0', expected: true },
  { release: '5.5.99', expected: false },
  { release: '5.10.0-21-amd64', expected: true },
  { release: '6.1', expected: true },
  { release: 'v1.28.3+k3s1', expected: false },
  { release: 'unknown', expected: undefined },
])('$release is at least 5.6: $expected', ({ release, expected }) => {
  expect(isAtLeast(release, [5, 6])).toBe(expected)
})

test('formats results as text', () => {
  expect(describeResults(judgeNode(someFacts({ freeDiskBytes: GIB }), 'full')).join('\n')).toMatch(
    /FAIL {2}disk .* 1\.0 GiB free in \/var\/lib\n +-> .*\n[\s\S]*\n\n1 failed, 0 warnings, 10 ok$/,
  )
})
