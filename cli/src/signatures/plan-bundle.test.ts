import { expect, test } from 'vitest'
import type { SignatureSource } from './collect-signatures.js'
import { planBundle } from './plan-bundle.js'
import { parseSourceName } from './source-name.js'

function aSource(path: string, facts: Partial<SignatureSource> = {}): SignatureSource {
  const [kind, base = ''] = path.split('/')
  const name = parseSourceName(kind === 'yara' ? 'yara' : 'clamav', base)
  if (!name) throw new Error(`${path} is no name of a signature file`)
  return { path, name, source: `/disk/${base}`, sizeBytes: 1000, sha256: base.padEnd(64, '0'), ...facts }
}
const daily = aSource('clamav/daily.cvd', { version: 12 })
const steps = [11, 12].map((number) => aSource(`clamav/daily-${number}.cdiff`, { sizeBytes: 100 }))
const site = aSource('clamav/site.ndb')
const rules = aSource('yara/site.yar')
const there = (path: string, version: number | null, sha256 = 'f'.repeat(64)) => ({ path, version, sha256 })
const paths = (files: readonly SignatureSource[]) => files.map(({ path }) => path)

test.each([
  {
    name: 'nothing is known of the other side: all of it',
    sources: [daily, ...steps, site, rules],
    databases: [],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff', 'clamav/site.ndb', 'yara/site.yar'],
    requires: [],
  },
  {
    name: 'the other side is two steps behind: the steps',
    sources: [daily, ...steps],
    databases: [there('clamav/daily.ndb', null), there('clamav/daily.cld', 10)],
    files: ['clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [{ path: 'clamav/daily.cvd', version: 10 }],
  },
  {
    name: 'one step behind: one',
    sources: [daily, ...steps],
    databases: [there('clamav/daily.cvd', 11)],
    files: ['clamav/daily-12.cdiff'],
    requires: [{ path: 'clamav/daily.cvd', version: 11 }],
  },
  {
    name: 'a step is missing: the whole of it, and what leads to it',
    sources: [daily, ...steps],
    databases: [there('clamav/daily.cvd', 9)],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [],
  },
  {
    name: 'steps that are larger than the whole',
    sources: [daily, ...steps.map((step) => ({ ...step, sizeBytes: 500 }))],
    databases: [there('clamav/daily.cvd', 10)],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [],
  },
  {
    name: 'the same version, and the same loose file',
    sources: [daily, site, rules],
    databases: [there('clamav/daily.cld', 12), there('clamav/site.ndb', null, site.sha256), there('yara/site.yar', null)],
    files: ['yara/site.yar'],
    requires: [
      { path: 'clamav/daily.cvd', version: 12 },
      { path: 'clamav/site.ndb', sha256: site.sha256 },
    ],
  },
  {
    name: 'the other side is newer: it is not taken, nor required',
    sources: [daily],
    databases: [there('clamav/daily.cvd', 13)],
    files: [],
    requires: [],
  },
  {
    name: 'several containers of one name: the newest, and of one version the one that is signed as a whole',
    sources: [
      aSource('clamav/main.cvd', { version: 5 }),
      aSource('clamav/main.cld', { version: 6 }),
      aSource('clamav/daily.cld', { version: 12 }),
      daily,
    ],
    databases: [],
    files: ['clamav/main.cld', 'clamav/daily.cvd'],
    requires: [],
  },
  {
    name: 'detached signatures go with what they sign',
    sources: [
      daily,
      ...steps.slice(1),
      ...['daily-12.cvd.sign', 'daily-11.cvd.sign', 'daily-12.cdiff.sign', 'main.cvd.sign'].map((name) => aSource(`clamav/${name}`)),
    ],
    databases: [],
    files: ['clamav/daily.cvd', 'clamav/daily-12.cdiff', 'clamav/daily-12.cvd.sign', 'clamav/daily-12.cdiff.sign'],
    requires: [],
  },
])('$name', ({ sources, databases, files, requires }) => {
  const plan = planBundle(sources, databases)
  expect(paths(plan.files)).toEqual(files)
  expect(plan.requires).toEqual(requires)
  const accounted = [...plan.files, ...plan.known, ...plan.stepped.map(({ container }) => container), ...plan.useless]
  expect(paths(accounted).sort()).toEqual(paths(sources).sort())
})

test('a bundle has sixty steps of a database at most', () => {
  const many = Array.from({ length: 100 }, (_, index) => aSource(`clamav/daily-${index + 1}.cdiff`, { sizeBytes: 1 }))
  const container = aSource('clamav/daily.cvd', { version: 100 })
  expect(planBundle([container, ...many], [there('clamav/daily.cvd', 39)]).files).toHaveLength(61)
  expect(planBundle([container, ...many], [there('clamav/daily.cvd', 40)]).files).toHaveLength(60)
})

test.each([
  { kind: 'clamav', name: 'daily.cvd', form: 'container' },
  { kind: 'clamav', name: 'daily-27001.cdiff', form: 'step' },
  { kind: 'clamav', name: 'daily-27001.cvd.sign', form: 'signature' },
  { kind: 'clamav', name: 'sanesecurity.ndb', form: 'loose' },
  { kind: 'clamav', name: 'iocs.csv', form: 'loose' },
  { kind: 'clamav', name: 'iocs.hashes', form: 'loose' },
  { kind: 'clamav', name: 'guardimesh-custom.ign2', form: undefined },
  { kind: 'clamav', name: 'freshclam.dat', form: undefined },
  { kind: 'clamav', name: 'guardimesh-generation.hsb', form: undefined },
  { kind: 'clamav', name: '.hidden.ndb', form: undefined },
  { kind: 'yara', name: 'site.yara', form: 'loose' },
  { kind: 'yara', name: 'site.ndb', form: undefined },
] as const)('$kind/$name is of the form $form', ({ kind, name, form }) => expect(parseSourceName(kind, name)?.form).toBe(form))
