import { expect, test } from 'vitest'
import type { ProcessFacts } from './found-file.js'
import { ProcessCache } from './process-cache.js'

function aProcess(changes: Partial<ProcessFacts> = {}): ProcessFacts {
  const exe = Buffer.from('/bin/sh')
  return { pid: 7, parentPid: 1, exe, commandLine: Buffer.from('sh -c x'), parentName: 'init', uid: 0, startedAtMs: 1000, ...changes }
}

const ending = aProcess({ exe: Buffer.alloc(0), commandLine: Buffer.alloc(0) })
const became = aProcess({ exe: Buffer.from('/bin/cp') })
const other = aProcess({ exe: Buffer.alloc(0), startedAtMs: 2000 })

test.each([
  { name: 'a running process', reads: [aProcess()], expected: aProcess() },
  { name: 'an unknown process', reads: [undefined], expected: undefined },
  { name: 'a cached process that has ended', reads: [aProcess(), undefined], expected: aProcess() },
  { name: 'a cached process that is ending', reads: [aProcess(), ending], expected: aProcess() },
  { name: 'a process that executed another program', reads: [aProcess(), became], expected: became },
  { name: 'another process with the same id', reads: [aProcess(), other], expected: other },
])('returns $name', ({ reads, expected }) => {
  const left = [...reads]
  const cache = new ProcessCache(() => left.shift())
  expect(reads.map(() => cache.find(7)).at(-1)).toEqual(expected)
})

const starter = aProcess({ exe: Buffer.from('/'), commandLine: Buffer.from('runc init') })
const entering = aProcess({ exe: Buffer.from('/bin/busybox'), commandLine: Buffer.alloc(0) })

test.each([
  { name: 'returns the program before it runs', reads: [starter, ending, ending], expected: entering },
  { name: 'returns the program if it ended immediately', reads: [ending, ending], expected: entering },
  { name: 'returns the command line once the program runs', reads: [starter, starter, aProcess(), ending], expected: aProcess() },
  { name: 'does not replace the program by its loader', reads: [starter, undefined, starter, ending], expected: entering },
])('entering a container: $name', ({ reads, expected }) => {
  const left = [...reads]
  const retries: (() => void)[] = []
  const cache = new ProcessCache(
    () => left.shift(),
    (retry) => retries.push(retry),
  )
  cache.find(7, Buffer.from('/bin/busybox'))
  for (const retry of retries) retry()
  if (left.length > 1) cache.find(7, Buffer.from('/lib/ld-linux-x86-64.so.2'))
  expect(cache.find(7)).toEqual(expected)
})

test('returns a starter that writes files itself', () => {
  expect(new ProcessCache(() => starter).find(7)).toEqual(starter)
})
