import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, writeFileSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import type { Verdict } from '@guardimesh/scanner/engines/engine.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { RescanVerdicts } from '@guardimesh/scanner/engines/rescan-verdicts.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { VerdictJournal } from '@guardimesh/scanner/engines/verdict-journal.js'
import type { OpenedFile } from '@guardimesh/scanner/node/file-identity.js'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, encryptedZip, MARKER, never, openFile, quietLog, startBench } from './fixtures.js'

const OPTIONS = { maxFileSizeBytes: 1_000_000, obfuscation: false }
const CTIME_TICK_MS = 30
let bench: Bench
let hashes: HashPool
beforeAll(async () => {
  bench = await startBench('file-scanner')
  hashes = new HashPool()
})
afterAll(async () => {
  await hashes[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

/** Counts the scans by clamd. */
class CountingClamd extends ClamdEngine {
  scans = 0
  onScanned: (file: OpenedFile) => void = () => undefined

  override async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    this.scans += 1
    const verdict = await super.scan(file, signal)
    this.onScanned(file)
    return verdict
  }
}

function aScanner(cache = new VerdictCache(), concurrentScans = 4) {
  const metrics = new Registry()
  const clamav = new CountingClamd({ socketPath: bench.clamd.socketPath, timeoutMs: 30_000, log: quietLog })
  const engines = { clamav, obfuscation: undefined }
  const scanner = new CachedScanner({ engines, hashes, cache, budgets: { concurrentScans, bytesPerSecond: 0 }, metrics })
  scanner.setGeneration('g1')
  const scan = async (path: string, options = {}) => {
    using file = openFile(path)
    return await scanner.scanWithCache(file, { ...OPTIONS, ...options }, never)
  }
  return { scanner, clamav, metrics, scan }
}

test('caches an unchanged file by identity, and a copy by content', async () => {
  const { clamav, metrics, scan } = aScanner()
  const path = await bench.write('known', MARKER)
  const first = await scan(path)
  expect(first).toMatchObject({ cached: false, verdict: { kind: 'infected' } })
  expect(Buffer.from(first.sha256 ?? []).toString('hex')).toHaveLength(64)
  expect(await scan(path)).toMatchObject({ ...first, cached: true })
  expect(await scan(await bench.write('copy', MARKER))).toEqual({ ...first, cached: true })
  expect(clamav.scans).toBe(1)
  const rescanVerdicts = new RescanVerdicts()
  expect(await scan(path, { rescanVerdicts })).toEqual(first)
  expect(await scan(await bench.write('copy', MARKER), { rescanVerdicts })).toEqual({ ...first, cached: true })
  expect(clamav.scans).toBe(2)
  const text = await metrics.metrics()
  expect(text).toContain('guardimesh_scanner_cache_hits_total{kind="identity"} 1')
  expect(text).toContain('guardimesh_scanner_cache_hits_total{kind="content"} 1')
  expect(text).toContain('guardimesh_scanner_files_total{verdict="infected"} 5')
})

test('rescans a file that was rewritten with the same path and size', async () => {
  const { scan } = aScanner()
  const path = await bench.write('rewritten', 'x'.repeat(MARKER.length))
  expect((await scan(path)).verdict.kind).toBe('clean')
  // No delay, so that the next write can occur in the same tick of the kernel's clock.
  writeFileSync(path, MARKER)
  expect((await scan(path)).verdict.kind).toBe('infected')
  const other = await bench.write('other', 'y'.repeat(MARKER.length))
  await rename(other, path)
  expect((await scan(path)).verdict.kind).toBe('clean')
})

test('does not cache a file that is mapped for writing, because its content can change without a new ctime', async () => {
  const { scan } = aScanner()
  const path = await bench.write('mapped', 'x'.repeat(MARKER.length))
  const program = `import mmap, os, sys
fd = os.open(sys.argv[1], os.O_RDWR); memory = mmap.mmap(fd, 0); os.close(fd); memory[0:1] = b'y'; print('mapped', flush=True)
sys.stdin.readline(); memory[:] = sys.argv[2].encode(); print('written', flush=True); sys.stdin.readline()`
  const writer = spawn('python3', ['-c', program, path, MARKER], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(writer.stdout, 'data')
  await wait(CTIME_TICK_MS)
  expect((await scan(path)).verdict.kind).toBe('clean')
  writer.stdin.write('\n')
  await once(writer.stdout, 'data')
  expect((await scan(path)).verdict.kind).toBe('infected')
  writer.stdin.end('\n')
  await once(writer, 'exit')
  expect((await scan(path)).verdict.kind).toBe('infected')
})

test('caches no wrong verdict when a write occurs during the scan', async () => {
  const { scan } = aScanner()
  for (let round = 0; round < 30; round++) {
    const path = await bench.write(`raced-${round}`, 'z'.repeat(MARKER.length))
    const early = scan(path)
    writeFileSync(path, MARKER)
    await early
    expect((await scan(path)).verdict.kind).toBe('infected')
  }
})

test('does not read a file above the size limit', async () => {
  const { clamav, scan } = aScanner()
  const path = await bench.write('large', Buffer.alloc(OPTIONS.maxFileSizeBytes + 1))
  expect(await scan(path)).toMatchObject({ verdict: { kind: 'not-scanned', reason: 'too_large' }, sha256: undefined, cached: false })
  expect(clamav.scans).toBe(0)
  expect((await scan(path, { maxFileSizeBytes: OPTIONS.maxFileSizeBytes + 1 })).verdict.kind).toBe('clean')
})

test('caches the verdict of an encrypted file', async () => {
  const { clamav, scan } = aScanner()
  const path = await bench.write('secret.zip', encryptedZip())
  for (const cached of [false, true])
    expect(await scan(path)).toMatchObject({ cached, verdict: { kind: 'not-scanned', reason: 'encrypted' } })
  expect(clamav.scans).toBe(1)
})

describe('a file that changes during its scan', () => {
  test('is scanned again after one change', async () => {
    const { clamav, scan } = aScanner()
    const path = await bench.write('changes-once', 'first')
    clamav.onScanned = () => {
      clamav.onScanned = () => undefined
      writeFileSync(path, MARKER)
    }
    expect((await scan(path)).verdict.kind).toBe('infected')
    expect(clamav.scans).toBe(2)
  })

  test('is reported as not scanned, and not cached, if it changes continuously', async () => {
    const { clamav, scan } = aScanner()
    const path = await bench.write('changes-always', 'log\n')
    clamav.onScanned = () => appendFileSync(path, 'more\n')
    expect(await scan(path)).toMatchObject({ verdict: { kind: 'not-scanned', reason: 'changed_while_scanned' }, sha256: undefined })
    clamav.onScanned = () => undefined
    expect(await scan(path)).toMatchObject({ verdict: { kind: 'clean' }, cached: false })
  })

  test('is reported if any of its scans detects malware', async () => {
    const { clamav, scan } = aScanner()
    const path = await bench.write('hides', MARKER)
    clamav.onScanned = () => writeFileSync(path, 'innocent')
    expect((await scan(path)).verdict.kind).toBe('infected')
  })

  test('does not share its verdict with other files with its former content', async () => {
    const { clamav, scan } = aScanner()
    const [shifty, honest] = [await bench.write('shifty', `a${MARKER}`), await bench.write('honest', `a${MARKER}`)]
    await wait(CTIME_TICK_MS)
    const scanByClamd = clamav.scan.bind(clamav)
    clamav.scan = async (file, signal) => {
      // The content is replaced by a clean one between hash and engine.
      if (file.path.toString() === shifty) writeFileSync(shifty, 'innocent')
      return scanByClamd(file, signal)
    }
    const verdicts = await Promise.all([scan(shifty), scan(honest)])
    expect(verdicts[1]).toMatchObject({ verdict: { kind: 'infected' } })
    expect((await scan(await bench.write('later', `a${MARKER}`))).verdict.kind).toBe('infected')
  })
})

test('scans the same content in many concurrent files once', async () => {
  const { clamav, scan } = aScanner()
  const paths = await Promise.all(Array.from({ length: 50 }, (_, n) => bench.write(`same-${n}`, `the same ${MARKER}`)))
  const verdicts = await Promise.all(paths.map((path) => scan(path)))
  expect(verdicts.every(({ verdict }) => verdict.kind === 'infected')).toBe(true)
  expect(clamav.scans).toBe(1)
})

test('returns the correct verdict for each of 500 concurrent files', async () => {
  const { clamav, scan } = aScanner()
  const paths = await Promise.all(
    Array.from({ length: 500 }, (_, n) => bench.write(`crowd-${n}`, n % 5 === 0 ? `${n} ${MARKER}` : `${n} ${'fine '.repeat(n)}`)),
  )
  const verdicts = await Promise.all(paths.map((path) => scan(path)))
  expect(verdicts.map(({ verdict }) => verdict.kind)).toEqual(paths.map((_, n) => (n % 5 === 0 ? 'infected' : 'clean')))
  expect(clamav.scans).toBe(500)
})

test('rescans all files with a new generation', async () => {
  const { scanner, clamav, scan } = aScanner()
  const path = await bench.write('generation', 'harmless so far')
  await wait(CTIME_TICK_MS)
  await scan(path)
  scanner.setGeneration('g1')
  expect((await scan(path)).cached).toBe(true)
  scanner.setGeneration('g2')
  expect((await scan(path)).cached).toBe(false)
  expect(clamav.scans).toBe(2)
})

test('does not rescan an unchanged tree after a restart', async () => {
  const journalFile = join(bench.folder, 'verdicts')
  const paths = await Promise.all(Array.from({ length: 20 }, (_, n) => bench.write(`kept-${n}`, `${n}`)))
  {
    await using journal = new VerdictJournal(journalFile, quietLog)
    const { scan } = aScanner(new VerdictCache(journal))
    for (const path of paths) await scan(path)
  }
  expect((await readFile(journalFile, 'utf8')).split('\n').length).toBe(42)
  await using journal = new VerdictJournal(journalFile, quietLog)
  const { clamav, scan } = aScanner(new VerdictCache(journal))
  for (const path of paths) expect(await scan(path)).toMatchObject({ cached: true, verdict: { kind: 'clean' } })
  expect(clamav.scans).toBe(0)
})

test('does not cache failures of clamd, and succeeds after its restart', async () => {
  const { scanner, scan } = aScanner()
  const path = await bench.write('while-down', MARKER)
  await bench.clamd.stop()
  expect((await scan(path)).verdict).toMatchObject({ kind: 'not-scanned', reason: 'engine_unavailable', awaits: 'clamav' })
  const ready = scanner.waitForClamav(never)
  await bench.restart()
  await ready
  expect(await scan(path)).toMatchObject({ verdict: { kind: 'infected' }, cached: false })
})

test('applies changed budgets to waiting files, and removes an aborted scan from the queue', async () => {
  const { scanner } = aScanner(new VerdictCache(), 1)
  scanner.setBudgets({ concurrentScans: 1, bytesPerSecond: 1 })
  const first = await bench.write('budget-1', 'a'.repeat(5000))
  const second = await bench.write('budget-2', 'b'.repeat(5000))
  using files = new DisposableStack()
  const [one, two] = [files.use(openFile(first)), files.use(openFile(second))]
  await scanner.scanWithCache(one, OPTIONS, never)
  const stop = new AbortController()
  const waiting = scanner.scanWithCache(two, OPTIONS, stop.signal)
  const checked = expect(waiting).rejects.toThrow('enough')
  while (scanner.queueLength === 0) await wait(5)
  stop.abort(new Error('enough'))
  await checked
  expect(scanner.queueLength).toBe(0)
  const pending = scanner.scanWithCache(two, OPTIONS, never)
  while (scanner.queueLength === 0) await wait(5)
  scanner.setBudgets({ concurrentScans: 1, bytesPerSecond: 0 })
  expect((await pending).verdict.kind).toBe('clean')
})
