import { expect, test } from 'vitest'
import { someCustomSignatures } from '../../../../mock-api/fixtures/signature-parts.js'
import { draftChanges, withEntries, withoutEntry } from './custom-draft.js'

const BASE = someCustomSignatures(Date.now())
const aHash = (hash: string, name = 'Site.New') => ({ hash, name, sizeBytes: null, reason: '', addedBy: '' })
const first = BASE.hashes[0]?.hash ?? ''
const NONE = { added: 0, changed: 0, removed: 0, newHashes: [] }

test.each([
  { name: 'nothing', draft: BASE, expected: NONE },
  {
    name: 'new hashes',
    draft: withEntries(BASE, 'hashes', [aHash('d'.repeat(64)), aHash('e'.repeat(32))]),
    expected: { ...NONE, added: 2, newHashes: ['d'.repeat(64), 'e'.repeat(32)] },
  },
  { name: 'the same hash under another name', draft: withEntries(BASE, 'hashes', [aHash(first)]), expected: { ...NONE, changed: 1 } },
  { name: 'one taken off', draft: withoutEntry(BASE, 'hashes', first), expected: { ...NONE, removed: 1 } },
  { name: 'an ignored file taken off', draft: { ...BASE, ignoredFiles: [] }, expected: { ...NONE, removed: 1 } },
  {
    name: 'a rule renamed: another file',
    draft: { ...BASE, rules: BASE.rules.map((file) => ({ ...file, name: 'renamed' })) },
    expected: { ...NONE, added: 1, removed: 1 },
  },
  {
    name: 'an equal copy',
    draft: { ...BASE, rules: BASE.rules.map((file) => ({ ...file })) },
    expected: NONE,
  },
])('$name', ({ draft, expected }) => expect(draftChanges(BASE, draft)).toEqual(expected))

test('a hash that is there already stays once', () => {
  const draft = withEntries(BASE, 'hashes', [aHash(first)])
  expect(draft.hashes.filter(({ hash }) => hash === first)).toEqual([aHash(first)])
  expect(draft.hashes).toHaveLength(BASE.hashes.length)
})
