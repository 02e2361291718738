import type { SignatureFile } from '@guardimesh/signature-format'
import { expect, test } from 'vitest'
import { planDeltas, scriptPathOf } from './plan-deltas.js'

const aFile = (path: string, content: string, sizeBytes = 100_000): SignatureFile => ({
  path,
  sizeBytes,
  sha256: content.repeat(64),
  ...(/\.c[vlu]d$/.test(path) && { contentSha256: content.repeat(64) }),
})
const plannedDeltas = (files: SignatureFile[], ...older: SignatureFile[][]) =>
  planDeltas(
    files,
    older.map((oldFiles, n) => ({ generation: `g${n}`, files: oldFiles })),
  ).map((plan) => `${plan.fromGeneration} ${plan.from.path} ${scriptPathOf(plan)}`)

test('plans one delta from each distinct older content', () => {
  const now = [aFile('clamav/daily.cld', 'c'), aFile('clamav/same.ndb', '1')]
  const deltas = plannedDeltas(
    now,
    [aFile('clamav/daily.cld', 'b'), aFile('clamav/same.ndb', '1')],
    [aFile('clamav/daily.cvd', 'a')],
    [aFile('clamav/daily.cvd', 'b')],
    [aFile('clamav/daily.cvd', 'c')],
  )
  expect(deltas).toEqual([
    'g0 clamav/daily.cld deltas/daily.cld-bbbbbbbbbbbb.script.gz',
    'g1 clamav/daily.cvd deltas/daily.cld-aaaaaaaaaaaa.script.gz',
  ])
})

test.each([
  { name: 'rules', now: aFile('yara/a.yar', 'b'), old: aFile('yara/a.yar', 'a') },
  { name: 'a small file', now: aFile('clamav/a.ndb', 'b', 4000), old: aFile('clamav/a.ndb', 'a') },
  { name: 'another form', now: aFile('clamav/a.cud', 'b'), old: aFile('clamav/a.cvd', 'a') },
  { name: 'another database', now: aFile('clamav/a.hdb', 'b'), old: aFile('clamav/a.hsb', 'a') },
  {
    name: 'a container with unknown content',
    now: aFile('clamav/a.cvd', 'b'),
    old: { ...aFile('clamav/a.ndb', 'a'), path: 'clamav/a.cvd' },
  },
])('plans no delta for $name', ({ now, old }) => expect(plannedDeltas([now], [old])).toEqual([]))
