import type { SignatureDelta } from '@guardimesh/contracts/signatures/catalog'
import type { SignatureFile } from '@guardimesh/signature-format'
import { expect, test } from 'vitest'
import { CANARY_PATH, chooseDelta, FORMATS_PATH, hasSameContents, isNodeFile, pathOnNode } from './compare-content.js'

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
  { name: 'an identical file', onDisk: [aFile(), canary], offered: [aFile()], expected: true },
  { name: 'a file that was updated on the node', onDisk: [canary, updated], offered: [aFile()], expected: true },
  { name: 'different content', onDisk: [updated, canary], offered: [aFile({ contentSha256: sha('d') })], expected: false },
  {
    name: 'the same bytes from a server that does not unpack containers',
    onDisk: [aLooseFile('a'), canary],
    offered: [aLooseFile('a')],
    expected: true,
  },
  { name: 'a changed loose file', onDisk: [aLooseFile('a'), canary], offered: [aLooseFile('b')], expected: false },
  { name: 'an additional file on disk', onDisk: [aFile(), aLooseFile('a'), canary], offered: [aFile()], expected: false },
  { name: 'an additional offered file', onDisk: [aFile(), canary], offered: [aFile(), aLooseFile('a')], expected: false },
  { name: 'the same content at another path', onDisk: [aFile(), canary], offered: [aFile({ path: 'clamav/main.cvd' })], expected: false },
])('compares contents: $name: $expected', ({ onDisk, offered, expected }) => expect(hasSameContents(onDisk, offered)).toBe(expected))

test.each([
  { path: CANARY_PATH, expected: true },
  { path: FORMATS_PATH, expected: true },
  { path: 'clamav/daily.cvd', expected: false },
])('$path is created by the node: $expected', ({ path, expected }) => expect(isNodeFile({ path })).toBe(expected))

test('keeps the container format of a file that was updated on the node', () => {
  expect(pathOnNode(aFile(), updated)).toBe('clamav/daily.cld')
  expect(pathOnNode(aFile(), aFile())).toBe('clamav/daily.cvd')
})

const aDelta = (changes: Partial<SignatureDelta> = {}): SignatureDelta => ({
  path: 'deltas/daily-2.cdiff',
  form: 'cdiff',
  sizeBytes: 100,
  sha256: sha('f'),
  target: 'clamav/daily.cvd',
  fromContentSha256: sha('c'),
  ...changes,
})
const next = aFile({ sha256: sha('e'), contentSha256: sha('e') })
const smaller = aDelta({ path: 'deltas/daily-2.script', form: 'script', sizeBytes: 50 })

test.each([
  { name: 'the smallest delta from the file on disk', deltas: [aDelta(), smaller], onDisk: [updated], expected: smaller },
  { name: 'none from different content', deltas: [aDelta({ fromContentSha256: sha('d') })], onDisk: [updated], expected: undefined },
  { name: 'none to another file', deltas: [aDelta({ target: 'clamav/main.cvd' })], onDisk: [updated], expected: undefined },
  { name: 'none as large as the file', deltas: [aDelta({ sizeBytes: 1000 })], onDisk: [updated], expected: undefined },
  { name: 'none from a file at another path', deltas: [aDelta()], onDisk: [aFile({ path: 'clamav/main.cvd' })], expected: undefined },
])('chooses a delta: $name', ({ deltas, onDisk, expected }) => expect(chooseDelta(next, deltas, onDisk)?.delta).toEqual(expected))
