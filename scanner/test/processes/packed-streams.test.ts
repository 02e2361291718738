import { randomBytes } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { buildFormatSignatures } from '@guardimesh/scanner/engines/formats/format-signatures.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { ObfuscationEngine } from '@guardimesh/scanner/engines/obfuscation/obfuscation-engine.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { FORMATS_FILE } from '@guardimesh/signature-format'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import lz4 from 'lz4-napi'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildTar } from '../engines/archive-builders.js'
import { type Bench, MARKER, never, openFile, quietLog, startBench } from '../engines/fixtures.js'
import { type BuiltProcess, runConfined } from './run-built.js'

const MIB = 1024 * 1024
let bench: Bench
let process: BuiltProcess
let hashes: HashPool
let engine: ClamdEngine
let obfuscation: ObfuscationEngine
let scanner: CachedScanner

async function putRules(): Promise<void> {
  const generation = join(bench.folder, 'signatures', 'generations', 'g1')
  await mkdir(join(generation, 'yara'), { recursive: true })
  await mkdir(join(bench.folder, 'run'))
  await writeFile(
    join(generation, 'yara', 'own.yar'),
    'rule Own { strings: $a = "matched by a rule" condition: $a and filename == "a.sh" }',
  )
  const files = [{ path: 'yara/own.yar', sizeBytes: 1, sha256: '0'.repeat(64) }]
  await writeFile(join(generation, 'manifest.json'), JSON.stringify({ generation: 'g1', builtAt: new Date().toISOString(), files }))
  await symlink(generation, join(bench.folder, 'signatures', 'current'))
}

beforeAll(async () => {
  bench = await startBench('packed-streams')
  await writeFile(join(bench.databaseFolder, 'eicar.ndb'), `Test.Eicar:0:0:${eicarBytes().toString('hex')}\n`)
  // As on every node.
  await writeFile(join(bench.databaseFolder, FORMATS_FILE), buildFormatSignatures())
  await bench.clamd.stop()
  await bench.restart()
  await putRules()
  const runFolder = join(bench.folder, 'run')
  const env = { RUN_FOLDER: runFolder, SIGNATURES_FOLDER: join(bench.folder, 'signatures') }
  process = runConfined('obfuscation-scanner', { folder: bench.folder, env })
  await process.wrote('rules loaded')
  hashes = new HashPool()
  engine = new ClamdEngine({ socketPath: bench.clamd.socketPath, timeoutMs: 60_000, log: quietLog })
  obfuscation = new ObfuscationEngine({ socketPath: join(runFolder, 'obfuscation.sock'), timeoutMs: 30_000 })
  const budgets = { concurrentScans: 2, bytesPerSecond: 0 }
  const cache = new VerdictCache()
  cache.setGeneration('g1')
  scanner = new CachedScanner({ engines: { clamav: engine, obfuscation }, hashes, cache, budgets, metrics: new Registry() })
})
afterAll(async () => {
  scanner[Symbol.dispose]()
  engine[Symbol.dispose]()
  obfuscation[Symbol.dispose]()
  await process[Symbol.asyncDispose]()
  await hashes[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

async function scan(name: string, content: Uint8Array) {
  using file = openFile(await bench.write(name, content))
  return await scanner.scanWithCache(file, { maxFileSizeBytes: 200 * MIB, obfuscation: true }, never)
}

async function verdictOf(name: string, content: Uint8Array) {
  return (await scan(name, content)).verdict
}

const zst = (content: Uint8Array) => zstdCompressSync(content)
const lz4Frame = (content: Buffer) => lz4.compressFrameSync(content)
/** One stored block: the package only reads blocks with the size in front. */
function legacyLz4(content: Buffer): Buffer {
  const packed = lz4.compressSync(content).subarray(4)
  const header = Buffer.from('02214c1800000000', 'hex')
  header.writeUInt32LE(packed.length, 4)
  return Buffer.concat([header, packed])
}
const skippable = Buffer.from('502a4d180400000000000000', 'hex')
const eicar = eicarBytes()
const tar = buildTar('eicar.com', eicar)
const text = Buffer.from(Array.from({ length: 20_000 }, (_, n) => `line ${Math.imul(n, 7919)}\n`).join(''))

describe('malware in a packed stream is found', () => {
  test.each([
    { name: 'x.zst', content: zst(eicar) },
    { name: 'app.tar.zst', content: zst(tar) },
    { name: 'skipped.zst', content: Buffer.concat([skippable, zst(tar.subarray(0, 700)), skippable, zst(tar.subarray(700))]) },
    { name: 'x.lz4', content: lz4Frame(eicar) },
    { name: 'app.tar.lz4', content: lz4Frame(tar) },
    { name: 'frames.lz4', content: Buffer.concat([lz4Frame(tar.subarray(0, 700)), skippable, lz4Frame(tar.subarray(700))]) },
    { name: 'blocks.lz4', content: lz4Frame(Buffer.concat([tar, text])) },
    { name: 'legacy.lz4', content: legacyLz4(tar) },
  ])('$name', async ({ name, content }) => {
    const { verdict, cached } = await scan(name, content)
    expect(verdict).toMatchObject({
      kind: 'infected',
      matches: [{ engine: 'clamav', signatureName: expect.stringContaining('Test.Eicar') }],
    })
    expect(verdict).not.toHaveProperty('gaps')
    expect(cached).toBe(false)
    expect(await scan(name, content)).toMatchObject({ verdict, cached: true })
  })
})

test('the rules see the content under the name without the extension', async () => {
  const script = Buffer.from('#!/bin/sh\n# matched by a rule\n')
  const match = { kind: 'infected', matches: [{ engine: 'yara', signatureName: 'Own' }] }
  expect(await verdictOf('b.sh.zst', zst(script))).toEqual({ kind: 'clean' })
  expect(await verdictOf('a.sh.zst', zst(script))).toMatchObject(match)
})

test.each([
  { name: 'clean.zst', content: zst(Buffer.from('clean')) },
  { name: 'clean.tar.lz4', content: lz4Frame(buildTar('a', Buffer.from('clean'))) },
  { name: 'empty.zst', content: zst(Buffer.alloc(0)) },
])('$name is clean', async ({ name, content }) => expect(await verdictOf(name, content)).toEqual({ kind: 'clean' }))

const partial = (format: string) => ({ reason: 'partially_scanned', detail: `${format}: the first 16 MiB of the content were scanned` })
const unsupported = (detail: unknown) => ({ kind: 'not-scanned', reason: 'unsupported_format', detail })
const large = Buffer.alloc(100 * MIB)
const repeat = (part: Buffer, count: number) => Buffer.concat(Array.from({ length: count }, () => part))
/** Zeros in frames of 1 MiB. */
const zeros = (pack: (content: Buffer) => Buffer, mib: number) => repeat(pack(Buffer.alloc(MIB)), mib)

describe('a packed stream with more than 16 MiB of content', () => {
  test.each([
    { format: 'Zstandard', content: zst(large), marked: zst(Buffer.concat([Buffer.from(MARKER), large])) },
    { format: 'LZ4', content: lz4Frame(large), marked: lz4Frame(Buffer.concat([Buffer.from(MARKER), large])) },
    { format: 'Zstandard', content: zeros(zst, 3000), marked: Buffer.concat([zst(Buffer.from(MARKER)), zeros(zst, 3000)]) },
    { format: 'LZ4', content: zeros(lz4Frame, 3000), marked: Buffer.concat([lz4Frame(Buffer.from(MARKER)), zeros(lz4Frame, 3000)]) },
  ])('is scanned in part: $format', async ({ format, content, marked }) => {
    // On a very busy machine the obfuscation scanner answers late, and the verdict follows in a later scan.
    const scanned = (file: Buffer, verdict: object) =>
      vi.waitFor(async () => expect(await verdictOf('bomb', file)).toMatchObject(verdict), { timeout: 20_000, interval: 500 })
    await scanned(content, { kind: 'not-scanned', ...partial(format) })
    await scanned(marked, { kind: 'infected', gaps: [partial(format)] })
    // No worker had to be replaced.
    expect(process.output()).not.toContain('worker process replaced')
  })
})

test.each([
  { name: 'Zstandard', pack: zst },
  { name: 'LZ4', pack: lz4Frame },
])('content of almost 16 MiB that does not pack is scanned within the memory of a worker: $name', async ({ pack }) => {
  const content = Buffer.concat([Buffer.from(MARKER), randomBytes(15 * MIB)])
  const packed = pack(content)
  // The name is part of the key of the verdict.
  for (let n = 0; n < 4; n++) expect(await verdictOf(`noise-${n}`, packed)).toMatchObject({ kind: 'infected' })
  expect(process.output()).not.toContain('worker process replaced')
})

describe('coverage', () => {
  test.each([
    { format: 'Zstandard', content: zst(text) },
    { format: 'LZ4', content: lz4Frame(text) },
  ])('lists a damaged $format stream', async ({ format, content }) => {
    const failed = unsupported(expect.stringMatching(`^${format}: unpacking failed: .`))
    expect(await verdictOf('cut', content.subarray(0, -1000))).toMatchObject(failed)
    expect(await verdictOf('damaged', Buffer.from(content).fill(0xff, 20, 400))).toMatchObject(failed)
  })

  test('lists a skippable frame that is longer than the file', async () => {
    const failed = unsupported(expect.stringContaining('unexpected end of a skippable frame'))
    const cut = Buffer.from('502a4d18ffffff7f00', 'hex')
    expect(await verdictOf('skipped', cut)).toMatchObject(failed)
    expect(await verdictOf('skipped.zst', Buffer.concat([zst(text), cut]))).toMatchObject(failed)
  })

  const smallBlocks = (count: number) =>
    Buffer.concat([Buffer.from('04224d18607000', 'hex'), repeat(Buffer.from('020000001061', 'hex'), count), Buffer.alloc(4)])
  test.each([
    { format: 'Zstandard', content: repeat(zst(Buffer.alloc(0)), 1_000_000) },
    { format: 'LZ4', content: smallBlocks(2_000_000) },
    { format: 'Zstandard or LZ4', content: repeat(skippable, 1_000_000) },
  ])('lists a stream of too many small parts, within the time of a worker: $format', async ({ format, content }) => {
    const failed = new RegExp(`^${format}: unpacking failed: (more than 10000 frames and blocks|it takes longer than 3 s)$`)
    expect(await verdictOf('parts', content)).toEqual(unsupported(expect.stringMatching(failed)))
    const marked = Buffer.concat([zst(Buffer.from(MARKER)), content])
    expect(await verdictOf('parts.zst', marked)).toMatchObject({ kind: 'infected', gaps: [{ reason: 'unsupported_format' }] })
    expect(process.output()).not.toContain('worker process replaced')
  })

  test.each(['1eb52ffd', '27b52ffd'])('lists a stream of an old version of Zstandard: %s', async (magic) => {
    const old = Buffer.concat([Buffer.from(magic, 'hex'), eicar])
    expect(await verdictOf('old.zst', old)).toEqual(unsupported('Zstandard: unpacking failed: unknown version of the format'))
  })

  test('lists data after a stream, and the content before it is scanned', async () => {
    const gap = { reason: 'unsupported_format', detail: expect.stringContaining('data after the end of the stream') }
    const content = Buffer.concat([zst(Buffer.from(MARKER)), Buffer.from('more')])
    expect(await verdictOf('followed.zst', content)).toMatchObject({ kind: 'infected', gaps: [gap] })
  })

  test('lists a format in a packed stream that no engine unpacks', async () => {
    const nested = (detail: string) => unsupported(`nested in ${detail}: no engine unpacks it`)
    expect(await verdictOf('twice.zst', zst(lz4Frame(tar)))).toEqual(nested('Zstandard: LZ4'))
    expect(await verdictOf('same.zst', zst(zst(tar)))).toEqual(nested('Zstandard: Zstandard'))
    expect(await verdictOf('tar.zst', zst(buildTar('in.zst', zst(tar))))).toEqual(nested('Zstandard: tar members in the format Zstandard'))
  })

  test('lists a packed stream that is too large to be unpacked', async () => {
    const content = Buffer.concat([zst(eicar), Buffer.alloc(16 * MIB)])
    expect(await verdictOf('large.zst', content)).toEqual(unsupported('Zstandard of more than 16 MiB: no engine unpacks it'))
  })

  test('lists a packed stream while the obfuscation scanner is away, without delaying the verdict of ClamAV', async () => {
    await process[Symbol.asyncDispose]()
    const missing = { reason: 'engine_unavailable', awaits: 'obfuscation' }
    expect(await verdictOf('away.zst', zst(Buffer.from('away')))).toMatchObject({ kind: 'not-scanned', ...missing })
    const marked = Buffer.concat([skippable.subarray(0, 4), Buffer.from([MARKER.length, 0, 0, 0]), Buffer.from(MARKER)])
    expect(await verdictOf('marked.zst', marked)).toMatchObject({ kind: 'infected', gaps: [missing] })
  })
})
