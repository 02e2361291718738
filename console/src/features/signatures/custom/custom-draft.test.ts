import { expect, test } from 'vitest'
import { someCustomSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { compareDraft, withEntries, withoutEntry } from './custom-draft.js'

const BASE = someCustomSignatures(Date.now())
const aHash = (hash: string, name = 'Site.New') => ({ hash, name, sizeBytes: null, reason: '', addedBy: '' })
const first = BASE.hashes[0]?.hash ?? ''
const NONE = { added: 0, changed: 0, removed: 0, newHashes: [] }

test.each([
  { name: 'no change', draft: BASE, expected: NONE },
  {
    name: 'new hashes',
    draft: withEntries(BASE, 'hashes', [aHash('d'.repeat(64)), aHash('e'.repeat(32))]),
    expected: { ...NONE, added: 2, newHashes: ['d'.repeat(64), 'e'.repeat(32)] },
  },
  { name: 'the same hash under another name', draft: withEntries(BASE, 'hashes', [aHash(first)]), expected: { ...NONE, changed: 1 } },
  { name: 'a removed hash', draft: withoutEntry(BASE, 'hashes', first), expected: { ...NONE, removed: 1 } },
  { name: 'a removed ignored file', draft: { ...BASE, ignoredFiles: [] }, expected: { ...NONE, removed: 1 } },
  {
    name: 'a renamed rule file',
    draft: { ...BASE, rules: BASE.rules.map((file) => ({ ...file, name: 'renamed' })) },
    expected: { ...NONE, added: 1, removed: 1 },
  },
  {
    name: 'an equal copy',
    draft: { ...BASE, rules: BASE.rules.map((file) => ({ ...file })) },
    expected: NONE,
  },
])('compares: $name', ({ draft, expected }) => expect(compareDraft(BASE, draft)).toEqual(expected))

test('replaces an entry with the same hash', () => {
  const draft = withEntries(BASE, 'hashes', [aHash(first)])
  expect(draft.hashes.filter(({ hash }) => hash === first)).toEqual([aHash(first)])
  expect(draft.hashes).toHaveLength(BASE.hashes.length)
})
