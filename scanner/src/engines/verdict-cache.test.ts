import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createLogger } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FileIdentity } from '../node/file-identity.js'
import type { Verdict } from './engine.js'
import { CLEAN } from './merge-verdicts.js'
import { type ScannedContent, VerdictCache } from './verdict-cache.js'
import { lineOf, VerdictJournal } from './verdict-journal.js'
import { type VerdictScope, verdictScope } from './verdict-keys.js'

const log = createLogger('test', 'silent')
const infected: Verdict = {
  kind: 'infected',
  matches: [{ signatureName: 'A', engine: 'clamav', engineVersion: '1', severity: 'high', description: 'Bad.' }],
}
const SIGNATURES_ONLY: VerdictScope = { file: 's', content: 's' }
const aContent = (byte: number, scope = SIGNATURES_ONLY): ScannedContent => ({
  ...{ sha256: new Uint8Array(32).fill(byte), md5: `${byte}`.repeat(32).slice(0, 32), sizeBytes: 7 },
  scope,
})
const anIdentity = (inode: bigint): FileIdentity => ({ device: 1n, inode, changedAtNs: 2n ** 61n, sizeBytes: 7n })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verdicts-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Returns the header and the records of a journal. */
async function readJournal(path: string): Promise<[{ generation: string }, ...unknown[]]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line.slice(9))) as [{ generation: string }, ...unknown[]]
}

/** Writes the journal of a cache with two files. */
async function aFilledJournal(): Promise<string> {
  const path = join(folder, 'verdicts')
  await using journal = new VerdictJournal(path, log)
  const cache = new VerdictCache(journal)
  cache.setGeneration('g1')
  cache.rememberContent(aContent(1), { kind: 'clean' }, 'g1')
  cache.rememberContent(aContent(2), infected, 'g1')
  cache.rememberFile(anIdentity(10n), aContent(1), 'g1')
  cache.rememberFile(anIdentity(20n), aContent(2), 'g1')
  return path
}

test('keeps the verdicts of the same generation across a restart', async () => {
  await using journal = new VerdictJournal(await aFilledJournal(), log)
  const cache = new VerdictCache(journal)
  expect(cache.findByIdentity(anIdentity(10n), 's')).toBeUndefined()
  cache.setGeneration('g1')
  expect(cache.findByIdentity(anIdentity(10n), 's')?.verdict).toEqual({ kind: 'clean' })
  expect(cache.findByIdentity(anIdentity(20n), 's')).toMatchObject({
    ...{ verdict: infected, sha256: new Uint8Array(32).fill(2), md5: '2'.repeat(32) },
  })
  expect(cache.findByContent(aContent(2))).toEqual(infected)
})

test('keeps records without MD5, of a node where it is not allowed', async () => {
  const path = await aFilledJournal()
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const older = lines.map((line) => {
    const { md5, ...record } = JSON.parse(line.slice(9))
    return lineOf(record)
  })
  await writeFile(path, older.join(''))
  for (const known of [undefined, '2'.repeat(32)]) {
    await using journal = new VerdictJournal(path, log)
    const cache = new VerdictCache(journal)
    cache.setGeneration('g1')
    expect(cache.findByIdentity(anIdentity(20n), 's')).toMatchObject({ verdict: infected, md5: known })
    // Another file with the same content, hashed with MD5.
    expect(cache.findByContent(aContent(2))).toEqual(infected)
    cache.rememberFile(anIdentity(30n), aContent(2), 'g1')
    expect(cache.findByIdentity(anIdentity(30n), 's')?.md5).toBe('2'.repeat(32))
  }
})

test.each([{ version: undefined }, { version: 1 }, { version: 999 }])(
  'does not read a journal of version $version',
  async ({ version }) => {
    const path = await aFilledJournal()
    const [, ...records] = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, `${lineOf({ version, generation: 'g1' })}${records.join('\n')}`)
    await using journal = new VerdictJournal(path, log)
    const cache = new VerdictCache(journal)
    cache.setGeneration('g1')
    expect(cache.findByContent(aContent(2))).toBeUndefined()
  },
)

test('separates the names of a content that obfuscation rules cover, and of a file', () => {
  const cache = new VerdictCache()
  cache.setGeneration('g')
  const scopeOf = (path: string, isCovered: boolean) => verdictScope(true, isCovered, Buffer.from(path))
  cache.rememberContent(aContent(1, scopeOf('/a.txt', false)), { kind: 'clean' }, 'g')
  cache.rememberContent(aContent(1, scopeOf('/a.js', true)), infected, 'g')
  cache.rememberFile(anIdentity(1n), aContent(1, scopeOf('/a.txt', false)), 'g')
  expect(cache.findByContent(aContent(1, scopeOf('/other.txt', false)))).toEqual({ kind: 'clean' })
  expect(cache.findByContent(aContent(1, scopeOf('/folder/a.js', true)))).toEqual(infected)
  expect(cache.findByContent(aContent(1, scopeOf('/b.js', true)))).toBeUndefined()
  expect(cache.findByIdentity(anIdentity(1n), scopeOf('/a.txt', false).file)?.verdict.kind).toBe('clean')
  expect(cache.findByIdentity(anIdentity(1n), scopeOf('/a.js', true).file)).toBeUndefined()
})

test('clears memory and disk for another generation', async () => {
  const path = await aFilledJournal()
  {
    await using journal = new VerdictJournal(path, log)
    const cache = new VerdictCache(journal)
    cache.setGeneration('g2')
    expect(cache.findByContent(aContent(1))).toBeUndefined()
  }
  expect(await readJournal(path)).toEqual([expect.objectContaining({ generation: 'g2' })])
})

test('drops only an incomplete last line', async () => {
  const path = await aFilledJournal()
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.slice(0, -3))
  await using journal = new VerdictJournal(path, log)
  const cache = new VerdictCache(journal)
  cache.setGeneration('g1')
  expect(cache.findByIdentity(anIdentity(10n), 's')).toBeDefined()
  expect(cache.findByIdentity(anIdentity(20n), 's')).toBeUndefined()
})

test('starts empty after damage', async () => {
  const path = await aFilledJournal()
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('"clean"', '"cleam"'))
  await using journal = new VerdictJournal(path, log)
  const cache = new VerdictCache(journal)
  cache.setGeneration('g1')
  expect(cache.findByContent(aContent(1))).toBeUndefined()
})

test('does not cache verdicts of a scan that started with an old generation', () => {
  const cache = new VerdictCache()
  cache.rememberContent(aContent(1), { kind: 'clean' }, undefined)
  cache.setGeneration('g1')
  cache.setGeneration('g2')
  cache.rememberContent(aContent(1), { kind: 'clean' }, 'g1')
  expect(cache.findByContent(aContent(1))).toBeUndefined()
})

test('separates verdicts with and without obfuscation rules', () => {
  const cache = new VerdictCache()
  cache.setGeneration('g')
  cache.rememberContent(aContent(1), { kind: 'clean' }, 'g')
  expect(cache.findByContent(aContent(1, verdictScope(true, false, Buffer.from('/a'))))).toBeUndefined()
})

test('limits the number of entries in memory and on disk', async () => {
  const path = join(folder, 'verdicts')
  {
    await using journal = new VerdictJournal(path, log)
    const cache = new VerdictCache(journal, 10)
    cache.setGeneration('g')
    for (let byte = 0; byte < 200; byte++) cache.rememberContent(aContent(byte), { kind: 'clean' }, 'g')
    expect(cache.findByContent(aContent(1))).toBeUndefined()
    expect(cache.findByContent(aContent(199))).toBeDefined()
  }
  expect((await readJournal(path)).length).toBeLessThanOrEqual(42)
})

test('rewrites the journal little by little', async () => {
  const path = join(folder, 'verdicts')
  const count = 10_000
  let read = 0
  function* records() {
    for (; read < count; read++) yield { content: `${read}`, verdict: CLEAN }
  }
  {
    await using journal = new VerdictJournal(path, log)
    journal.restart('g', count, records())
    expect(read).toBe(0)
    while (read === 0) await setImmediate()
    expect(read).toBeLessThan(count)
    journal.append({ content: 'last', verdict: CLEAN })
  }
  const journal = await readJournal(path)
  expect(journal.length).toBe(count + 2)
  expect(journal.at(-1)).toEqual({ content: 'last', verdict: CLEAN })
})
