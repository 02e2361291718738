import { copyFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { ClamdStreamEngine } from '@guardimesh/scanner/engines/clamav/clamd-stream.js'
import { buildGenerationCanary } from '@guardimesh/scanner/engines/clamav/generation-canary.js'
import type { Verdict } from '@guardimesh/scanner/engines/engine.js'
import { CANARY_FILE } from '@guardimesh/signature-format'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, encryptedZip, MARKER, never, openFile, quietLog, startBench } from './fixtures.js'

const SIGNATURES = new URL('../../signatures/clamav/', import.meta.url)
const MIB = 1024 * 1024
let bench: Bench
beforeAll(async () => {
  bench = await startBench('clamd-engine', { MaxFileSize: '4M', MaxScanSize: '8M', StreamMaxLength: '4M', DisableCache: 'yes' })
  for (const name of ['guardimesh-starter.ldb', 'guardimesh-starter.ndb', 'guardimesh-starter.hsb'])
    await copyFile(new URL(name, SIGNATURES), join(bench.databaseFolder, name))
  await bench.clamd.stop()
  await bench.restart()
})
afterAll(async () => {
  await bench[Symbol.asyncDispose]()
})

const descriptors = () => new ClamdEngine({ socketPath: bench.clamd.socketPath, timeoutMs: 20_000, log: quietLog })
const stream = () => new ClamdStreamEngine({ address: { socketPath: bench.clamd.socketPath }, timeoutMs: 20_000, log: quietLog })

describe.each([
  { name: 'descriptors', createEngine: descriptors },
  { name: 'stream', createEngine: stream },
])('through $name', ({ createEngine }) => {
  async function verdictOf(name: string, content: string | Uint8Array): Promise<Verdict> {
    using engine = createEngine()
    using file = openFile(await bench.write(name, content))
    return await engine.scan(file, never)
  }

  test('detects EICAR and describes it as harmless', async () => {
    const verdict = await verdictOf('eicar', eicarBytes())
    expect(verdict).toMatchObject({
      kind: 'infected',
      matches: [{ engine: 'clamav', severity: 'high', engineVersion: expect.stringMatching(/^ClamAV 1\./) }],
    })
    expect(JSON.stringify(verdict)).toMatch(/Eicar-Test-Signature.*harmless/)
  })

  test('detects EICAR inside an archive', async () => {
    expect(await verdictOf('eicar.gz', gzipSync(eicarBytes()))).toMatchObject({ kind: 'infected' })
  })

  test.each([
    { name: 'an ordinary file', content: 'nothing to see' },
    { name: 'an empty file', content: '' },
  ])('reports $name as clean', async ({ content }) => expect(await verdictOf('plain', content)).toEqual({ kind: 'clean' }))

  test.each([
    { name: 'a file above its size limit', content: Buffer.alloc(5 * MIB, 'x'), reason: 'too_large' },
    { name: 'an encrypted archive', content: encryptedZip(), reason: 'encrypted' },
    { name: 'an archive bomb', content: gzipSync(Buffer.alloc(64 * MIB)), reason: 'too_large' },
  ])('reports $name as not scanned: $reason', async ({ content, reason }) => {
    expect(await verdictOf('odd', content)).toMatchObject({ kind: 'not-scanned', reason })
  })

  test('does not change the offset of the descriptor', async () => {
    using engine = createEngine()
    using first = openFile(await bench.write('twice', MARKER))
    expect((await engine.scan(first, never)).kind).toBe('infected')
    expect((await engine.scan(first, never)).kind).toBe('infected')
  })

  test('ends an aborted scan immediately', async () => {
    using engine = createEngine()
    using file = openFile(await bench.write('unwanted', 'x'))
    await expect(engine.scan(file, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  test('returns the correct verdict for each concurrent file', async () => {
    using engine = createEngine()
    const paths = await Promise.all(Array.from({ length: 60 }, (_, n) => bench.write(`many-${n}`, n % 3 === 0 ? `${n}${MARKER}` : `${n}`)))
    const kinds = await Promise.all(
      paths.map(async (path) => {
        using file = openFile(path)
        return (await engine.scan(file, never)).kind
      }),
    )
    expect(kinds).toEqual(paths.map((_, n) => (n % 3 === 0 ? 'infected' : 'clean')))
  })
})

test('does not send files above the limit of clamd', async () => {
  using engine = new ClamdEngine({ socketPath: join(bench.folder, 'nobody.sock'), timeoutMs: 1000, log: quietLog })
  using file = openFile(await bench.write('any', 'x'))
  expect(await engine.scan({ ...file, sizeBytes: 2 ** 31 }, never)).toMatchObject({ kind: 'not-scanned', reason: 'too_large' })
})

test('reports a file as not scanned through both engines without clamd', async () => {
  const socketPath = join(bench.folder, 'nobody.sock')
  using file = openFile(await bench.write('any', 'x'))
  for (const engine of [
    new ClamdEngine({ socketPath, timeoutMs: 1000, log: quietLog }),
    new ClamdStreamEngine({ address: { socketPath }, timeoutMs: 1000, log: quietLog }),
    new ClamdStreamEngine({ address: { host: '127.0.0.1', port: 1 }, timeoutMs: 1000, log: quietLog }),
  ])
    expect(await engine.scan(file, never)).toMatchObject({ kind: 'not-scanned', reason: 'engine_error' })
})

describe('a clamd that does not respond', () => {
  let silent: Server
  let socketPath: string
  beforeAll(async () => {
    socketPath = join(bench.folder, 'silent.sock')
    silent = createServer((socket) => void socket.resume())
    await new Promise<void>((resolve) => silent.listen(socketPath, resolve))
  })
  afterAll(() => void silent.close())

  test.each([
    { name: 'descriptors', createEngine: () => new ClamdEngine({ socketPath, timeoutMs: 300, log: quietLog }) },
    { name: 'stream', createEngine: () => new ClamdStreamEngine({ address: { socketPath }, timeoutMs: 300, log: quietLog }) },
  ])('causes a timeout through $name', async ({ createEngine }) => {
    using engine = createEngine()
    using file = openFile(await bench.write('waiting', 'x'))
    expect(await engine.scan(file, never)).toMatchObject({ kind: 'not-scanned', reason: 'timeout' })
  })
})

test('replaces an idle session that clamd closed', async () => {
  using engine = descriptors()
  using file = openFile(await bench.write('before-and-after', MARKER))
  expect((await engine.scan(file, never)).kind).toBe('infected')
  await bench.clamd.stop()
  await bench.restart()
  expect((await engine.scan(file, never)).kind).toBe('infected')
})

test('returns no wrong verdict after SIGKILL of clamd, and scans all files after its restart', async () => {
  using engine = descriptors()
  const paths = await Promise.all(
    Array.from({ length: 120 }, (_, n) => bench.write(`killed-${n}`, `${'filler '.repeat(20_000)}${n % 2 === 0 ? MARKER : n}`)),
  )
  let answered = 0
  const scanAll = () =>
    Promise.all(
      paths.map(async (path) => {
        using file = openFile(path)
        const verdict = await engine.scan(file, never)
        if (++answered === 10) process.kill(bench.clamd.pid, 'SIGKILL')
        return verdict
      }),
    )
  const during = await scanAll()
  expect(during.filter(({ kind }) => kind === 'not-scanned').length).toBeGreaterThan(0)
  for (const [n, verdict] of during.entries()) expect(['not-scanned', n % 2 === 0 ? 'infected' : 'clean']).toContain(verdict.kind)
  await bench.clamd.stop()
  await bench.restart()
  const after = await scanAll()
  expect(after.map(({ kind }) => kind)).toEqual(paths.map((_, n) => (n % 2 === 0 ? 'infected' : 'clean')))
})

test('recognizes the generation that clamd has loaded', async () => {
  const control = new ClamdControl({ socketPath: bench.clamd.socketPath })
  expect(await control.servesGeneration('g1')).toBe(true)
  expect(await control.servesGeneration('g2')).toBe(false)
  expect(await control.version()).toMatch(/^ClamAV 1\./)
  expect(await control.stats()).toContain('THREADS')
  using engine = descriptors()
  using file = openFile(await bench.write('idle', 'x'))
  await engine.scan(file, never)
  await writeFile(join(bench.databaseFolder, CANARY_FILE), buildGenerationCanary('g2').databaseLine)
  await control.reload()
  // An open idle session must not block the reload.
  while (!(await control.servesGeneration('g2'))) await wait(50)
  expect(await control.servesGeneration('g1')).toBe(false)
})
