import type { SignatureDelta } from '@guardimesh/contracts'
import type { SignatureFile } from '@guardimesh/signature-format'
import { expect, test } from 'vitest'
import { CANARY_PATH, chooseDelta, hasSameContents, pathOnNode } from './compare-content.js'

const sha = (letter: string) => letter.repeat(64)
const aFile = (changes: Partial<SignatureFile> = {}): SignatureFile => ({
  path: 'clamav/daily.cvd',
  sizeBytes: 1000,
  sha256: sha('a'),
  contentSha256: sha('c'),
  ...changes,
})
const canary = aFile({ path: CANARY_PATH })
const updated = aFile({ path: 'clamav/daily.cld', sha256: sha('b') })
const aLooseFile = (letter: string): SignatureFile => ({ path: 'clamav/x.ndb', sizeBytes: 1000, sha256: sha(letter) })

test.each([
  { name: 'the same file', onDisk: [aFile(), canary], offered: [aFile()], expected: true },
  { name: 'one that was updated on the node', onDisk: [canary, updated], offered: [aFile()], expected: true },
  { name: 'another content', onDisk: [updated, canary], offered: [aFile({ contentSha256: sha('d') })], expected: false },
  {
    name: 'the same bytes from a server that does not look inside',
    onDisk: [aLooseFile('a'), canary],
    offered: [aLooseFile('a')],
    expected: true,
  },
  { name: 'a loose file that changed', onDisk: [aLooseFile('a'), canary], offered: [aLooseFile('b')], expected: false },
  { name: 'one more on disk', onDisk: [aFile(), aLooseFile('a'), canary], offered: [aFile()], expected: false },
  { name: 'one more offered', onDisk: [aFile(), canary], offered: [aFile(), aLooseFile('a')], expected: false },
  { name: 'the same content in another place', onDisk: [aFile(), canary], offered: [aFile({ path: 'clamav/main.cvd' })], expected: false },
])('$name: $expected', ({ onDisk, offered, expected }) => expect(hasSameContents(onDisk, offered)).toBe(expected))

test('what was updated on the node keeps its form in the place that it takes', () => {
  expect(pathOnNode(aFile(), updated)).toBe('clamav/daily.cld')
  expect(pathOnNode(aFile(), aFile())).toBe('clamav/daily.cvd')
})

const anUpdate = (changes: Partial<SignatureDelta> = {}): SignatureDelta => ({
  path: 'deltas/daily-2.cdiff',
  form: 'cdiff',
  sizeBytes: 100,
  sha256: sha('f'),
  target: 'clamav/daily.cvd',
  fromContentSha256: sha('c'),
  ...changes,
})
const next = aFile({ sha256: sha('e'), contentSha256: sha('e') })
const smaller = anUpdate({ path: 'deltas/daily-2.script', form: 'script', sizeBytes: 50 })

test.each([
  { name: 'the smallest from what is on disk', deltas: [anUpdate(), smaller], onDisk: [updated], expected: smaller },
  { name: 'none from another content', deltas: [anUpdate({ fromContentSha256: sha('d') })], onDisk: [updated], expected: undefined },
  { name: 'none to another file', deltas: [anUpdate({ target: 'clamav/main.cvd' })], onDisk: [updated], expected: undefined },
  { name: 'none as large as the file', deltas: [anUpdate({ sizeBytes: 1000 })], onDisk: [updated], expected: undefined },
  { name: 'none from a file elsewhere', deltas: [anUpdate()], onDisk: [aFile({ path: 'clamav/main.cvd' })], expected: undefined },
])('update: $name', ({ deltas, onDisk, expected }) => expect(chooseDelta(next, deltas, onDisk)?.delta).toEqual(expected))
