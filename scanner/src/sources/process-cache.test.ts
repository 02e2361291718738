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
  { name: 'alive', reads: [aProcess()], expected: aProcess() },
  { name: 'never seen', reads: [undefined], expected: undefined },
  { name: 'ended after it was seen', reads: [aProcess(), undefined], expected: aProcess() },
  { name: 'ending after it was seen', reads: [aProcess(), ending], expected: aProcess() },
  { name: 'became another program', reads: [aProcess(), became], expected: became },
  { name: 'another process with its number', reads: [aProcess(), other], expected: other },
])('$name', ({ reads, expected }) => {
  const left = [...reads]
  const memory = new ProcessCache(() => left.shift())
  expect(reads.map(() => memory.find(7)).at(-1)).toEqual(expected)
})

const starter = aProcess({ exe: Buffer.from('/'), commandLine: Buffer.from('runc init') })
const entering = aProcess({ exe: Buffer.from('/bin/busybox'), commandLine: Buffer.alloc(0) })

test.each([
  { name: 'the program is known before it runs', reads: [starter, ending, ending], expected: entering },
  { name: 'the program is known when it ended at once', reads: [ending, ending], expected: entering },
  { name: 'the command line is known as soon as it runs', reads: [starter, starter, aProcess(), ending], expected: aProcess() },
  { name: 'the loader of the program does not take its place', reads: [starter, undefined, starter, ending], expected: entering },
])('entering a container: $name', ({ reads, expected }) => {
  const left = [...reads]
  const looks: (() => void)[] = []
  const memory = new ProcessCache(
    () => left.shift(),
    (look) => looks.push(look),
  )
  memory.find(7, Buffer.from('/bin/busybox'))
  for (const look of looks) look()
  if (left.length > 1) memory.find(7, Buffer.from('/lib/ld-linux-x86-64.so.2'))
  expect(memory.find(7)).toEqual(expected)
})

test('a starter that writes by itself is told as it is', () => {
  expect(new ProcessCache(() => starter).find(7)).toEqual(starter)
})
