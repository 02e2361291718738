import { expect, test } from 'vitest'
import type { SignatureSource } from './collect-signatures.js'
import { planBundle } from './plan-bundle.js'
import { parseSourceName } from './source-name.js'

function aSource(path: string, facts: Partial<SignatureSource> = {}): SignatureSource {
  const [kind, base = ''] = path.split('/')
  const name = parseSourceName(kind === 'yara' ? 'yara' : 'clamav', base)
  if (!name) throw new Error(`${path} is not a name of a signature file`)
  return { path, name, source: `/disk/${base}`, sizeBytes: 1000, sha256: base.padEnd(64, '0'), ...facts }
}
const daily = aSource('clamav/daily.cvd', { version: 12 })
const deltas = [11, 12].map((number) => aSource(`clamav/daily-${number}.cdiff`, { sizeBytes: 100 }))
const site = aSource('clamav/site.ndb')
const rules = aSource('yara/site.yar')
const remote = (path: string, version: number | null, sha256 = 'f'.repeat(64)) => ({ path, version, sha256 })
const paths = (files: readonly SignatureSource[]) => files.map(({ path }) => path)

test.each([
  {
    name: 'everything for an unknown destination',
    sources: [daily, ...deltas, site, rules],
    databases: [],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff', 'clamav/site.ndb', 'yara/site.yar'],
    requires: [],
  },
  {
    name: 'two deltas for a destination that is two versions behind',
    sources: [daily, ...deltas],
    databases: [remote('clamav/daily.ndb', null), remote('clamav/daily.cld', 10)],
    files: ['clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [{ path: 'clamav/daily.cvd', version: 10 }],
  },
  {
    name: 'one delta for a destination that is one version behind',
    sources: [daily, ...deltas],
    databases: [remote('clamav/daily.cvd', 11)],
    files: ['clamav/daily-12.cdiff'],
    requires: [{ path: 'clamav/daily.cvd', version: 11 }],
  },
  {
    name: 'the full database when a delta is missing, with its deltas',
    sources: [daily, ...deltas],
    databases: [remote('clamav/daily.cvd', 9)],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [],
  },
  {
    name: 'the full database when its deltas are larger',
    sources: [daily, ...deltas.map((delta) => ({ ...delta, sizeBytes: 500 }))],
    databases: [remote('clamav/daily.cvd', 10)],
    files: ['clamav/daily.cvd', 'clamav/daily-11.cdiff', 'clamav/daily-12.cdiff'],
    requires: [],
  },
  {
    name: 'no database of the same version, and no identical loose file',
    sources: [daily, site, rules],
    databases: [remote('clamav/daily.cld', 12), remote('clamav/site.ndb', null, site.sha256), remote('yara/site.yar', null)],
    files: ['yara/site.yar'],
    requires: [
      { path: 'clamav/daily.cvd', version: 12 },
      { path: 'clamav/site.ndb', sha256: site.sha256 },
    ],
  },
  {
    name: 'nothing for a newer database at the destination',
    sources: [daily],
    databases: [remote('clamav/daily.cvd', 13)],
    files: [],
    requires: [],
  },
  {
    name: 'the newest of several containers, and of one version the one with a signature of the whole file',
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
    name: 'detached signatures with the files that they sign',
    sources: [
      daily,
      ...deltas.slice(1),
      ...['daily-12.cvd.sign', 'daily-11.cvd.sign', 'daily-12.cdiff.sign', 'main.cvd.sign'].map((name) => aSource(`clamav/${name}`)),
    ],
    databases: [],
    files: ['clamav/daily.cvd', 'clamav/daily-12.cdiff', 'clamav/daily-12.cvd.sign', 'clamav/daily-12.cdiff.sign'],
    requires: [],
  },
])('packs $name', ({ sources, databases, files, requires }) => {
  const plan = planBundle(sources, databases)
  expect(paths(plan.files)).toEqual(files)
  expect(plan.requires).toEqual(requires)
  const accounted = [...plan.files, ...plan.known, ...plan.viaDeltas.map(({ container }) => container), ...plan.unneeded]
  expect(paths(accounted).sort()).toEqual(paths(sources).sort())
})

test('packs a maximum of 60 deltas of a database', () => {
  const many = Array.from({ length: 100 }, (_, index) => aSource(`clamav/daily-${index + 1}.cdiff`, { sizeBytes: 1 }))
  const container = aSource('clamav/daily.cvd', { version: 100 })
  expect(planBundle([container, ...many], [remote('clamav/daily.cvd', 39)]).files).toHaveLength(61)
  expect(planBundle([container, ...many], [remote('clamav/daily.cvd', 40)]).files).toHaveLength(60)
})

test.each([
  { kind: 'clamav', name: 'daily.cvd', form: 'container' },
  { kind: 'clamav', name: 'daily-27001.cdiff', form: 'delta' },
  { kind: 'clamav', name: 'daily-27001.cvd.sign', form: 'detached-signature' },
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
