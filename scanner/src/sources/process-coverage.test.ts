import { expect, test } from 'vitest'
import type { ProcessState } from '../node/process-state.js'
import { processCoverage } from './process-coverage.js'

const state: ProcessState = {
  ...{ executable: undefined, libraries: [], openFiles: [], script: undefined, foreign: [], anonymousBytes: 0, omitted: 0 },
}
const foreign = (path: string) => ({ path: Buffer.from(path), mountPoint: Buffer.from('/net'), fileSystem: 'nfs4' })

test.each([
  { name: 'nothing', changes: {}, expected: [] },
  {
    name: 'several files of one mount',
    changes: { foreign: [foreign('/net/a'), foreign('/net/b')] },
    expected: ['network_file_system /net'],
  },
  { name: 'memory without a file', changes: { anonymousBytes: 4096 }, expected: ['executable_memory /bin/x'] },
  { name: 'a script from a pipe', changes: { script: { kind: 'stream' as const } }, expected: ['executable_memory /dev/stdin'] },
  { name: 'too many libraries', changes: { omitted: 1 }, expected: ['budget_exhausted /bin/x'] },
])('reports $name', ({ changes, expected }) => {
  const entries = processCoverage({ ...state, ...changes }, Buffer.from('/bin/x'))
  expect(entries.map(({ reason, path }) => `${reason} ${path.toString()}`)).toEqual(expected)
})
