import { SignatureBundleManifest } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { asLine } from '../terminal/format.js'
import { describeInspection } from './inspect-file.js'

test('replaces control characters in the text of a bundle', () => {
  const manifest = SignatureBundleManifest.parse({
    format: 1,
    createdAt: '2026-11-21T00:00:00Z',
    note: 'week 47\u001b[2K\u001b[1A\nThe bundle is complete and signed',
    signer: `SHA256:${'a'.repeat(43)}`,
    files: [{ path: 'clamav/a.ndb', sizeBytes: 1, sha256: 'a'.repeat(64) }],
  })
  const lines = describeInspection({ kind: 'bundle', manifest, problem: 'signatures.json cannot be used:\nline two' })
  expect(lines.map(asLine)).toEqual([
    `packed at 2026-11-21T00:00:00Z with the key SHA256:${'a'.repeat(43)}`,
    String.raw`note: week 47\x1b[2K\x1b[1A\x0aThe bundle is complete and signed`,
    '  clamav/a.ndb, 1 bytes',
    'signatures.json cannot be used:',
    '  line two',
  ])
})
