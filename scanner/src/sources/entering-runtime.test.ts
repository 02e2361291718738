import { expect, test } from 'vitest'
import { isEnteringRuntime } from './entering-runtime.js'

const NOW_MS = 1_000_000
const IN_CONTAINER = new Set([41, 42])
const fromNode = { parentPid: 7, startedAtMs: NOW_MS - 500 }

test.each([
  { name: 'runc 1.1, from a bind mount', path: '/', facts: fromNode, is: true },
  { name: 'runc 1.2, from an overlay', path: '/runc', facts: fromNode, is: true },
  { name: 'runc, from memory', path: '/memfd:runc_cloned:/proc/self/exe (deleted)', facts: fromNode, is: true },
  { name: 'crun, from memory', path: '/memfd:libcrun (deleted)', facts: fromNode, is: true },
  { name: 'a process that has ended', path: '/', facts: undefined, is: true },
  { name: 'another program named runc', path: '/tmp/runc', facts: fromNode, is: false },
  { name: 'another in-memory program', path: '/memfd:cache (deleted)', facts: fromNode, is: false },
  { name: 'a child of a process of the container', path: '/', facts: { ...fromNode, parentPid: 41 }, is: false },
  { name: 'a process that started too long ago', path: '/', facts: { ...fromNode, startedAtMs: NOW_MS - 10_000 }, is: false },
])('$name: $is', ({ path, facts, is }) => {
  expect(isEnteringRuntime(Buffer.from(path), () => facts, IN_CONTAINER, NOW_MS)).toBe(is)
})
