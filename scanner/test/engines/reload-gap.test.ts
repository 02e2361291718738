import { createHash } from 'node:crypto'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { buildGenerationCanary } from '@guardimesh/scanner/engines/clamav/generation-canary.js'
import type { Verdict } from '@guardimesh/scanner/engines/engine.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { CANARY_FILE } from '@guardimesh/signature-format'
import { type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { never, openFile, quietLog } from './fixtures.js'

const WORKERS = 4
const GENERATIONS = 4
/** Number of signatures whose loading lasts longer than several scans. */
const SIGNATURES = 150_000
const many = Array.from({ length: SIGNATURES }, (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:Test.${n}\n`).join('')
const hex = (text: string) => Buffer.from(text).toString('hex')
const newText = (generation: string) => `text that only ${generation} detects`

let folder: string
let hashes: HashPool
beforeAll(async () => {
  folder = await temporaryFolder('reload-gap')
  hashes = new HashPool()
})
afterAll(async () => {
  await hashes[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Writes the databases of a generation and switches the link to them, as the puller does. */
async function putGeneration(home: string, generation: string): Promise<void> {
  const database = join(home, generation)
  await mkdir(database)
  await writeFile(join(database, 'many.hdb'), many)
  await writeFile(
    join(database, 'own.ndb'),
    `Test.Eicar:0:*:${hex(eicarBytes().toString('latin1'))}\nTest.New:0:*:${hex(newText(generation))}\n`,
  )
  await writeFile(join(database, CANARY_FILE), buildGenerationCanary(generation).databaseLine)
  await symlink(database, join(home, 'next'))
  await rename(join(home, 'next'), join(home, 'current'))
}

describe.each([
  { name: 'concurrently', concurrent: 'yes' },
  { name: 'sequentially', concurrent: 'no' },
])('a clamd that loads signatures $name', ({ concurrent }) => {
  let home: string
  let clamd: RunningClamd
  let engine: ClamdEngine
  let files = 0
  let slowestMs = 0
  beforeAll(async () => {
    home = join(folder, concurrent)
    await mkdir(home)
    await putGeneration(home, 'g0')
    const databaseFolder = join(home, 'current')
    clamd = await startClamd({ folder: join(home, 'clamd'), databaseFolder, settings: { ConcurrentDatabaseReload: concurrent } })
    engine = new ClamdEngine({ socketPath: clamd.socketPath, timeoutMs: 120_000, log: quietLog })
  })
  afterAll(async () => {
    engine[Symbol.dispose]()
    await clamd.stop()
  })

  test('returns correct verdicts during reloads, and applies the new signatures immediately', { timeout: 300_000 }, async () => {
    using scanner = new CachedScanner({
      engines: { clamav: engine, obfuscation: undefined },
      hashes,
      cache: new VerdictCache(),
      budgets: { concurrentScans: WORKERS, bytesPerSecond: 0 },
      metrics: new Registry(),
    })
    scanner.setGeneration('g0')
    // Unique content prevents cached verdicts.
    const verdictOf = async (content: string): Promise<Verdict> => {
      const path = join(home, `file-${++files}`)
      await writeFile(path, `${content}\n${files}`)
      const startedAtMs = performance.now()
      using file = openFile(path)
      const scan = async () => (await scanner.scanWithCache(file, { maxFileSizeBytes: 1_000_000, obfuscation: false }, never)).verdict
      let verdict = await scan()
      // A clamd that answers no requests during a reload returns no verdict, and the file waits.
      while (verdict.kind === 'not-scanned' && verdict.awaits === 'clamav') {
        await scanner.waitForClamav(never)
        verdict = await scan()
      }
      slowestMs = Math.max(slowestMs, performance.now() - startedAtMs)
      await rm(path)
      return verdict
    }
    let isDone = false
    const wrong: Verdict[] = []
    let scans = 0
    const worker = async () => {
      while (!isDone) {
        const [bad, good] = [await verdictOf(eicarBytes().toString('latin1')), await verdictOf('nothing to see')]
        if (bad.kind !== 'infected') wrong.push(bad)
        if (good.kind !== 'clean') wrong.push(good)
        scans += 2
      }
    }
    const workers = Array.from({ length: WORKERS }, worker)
    const control = new ClamdControl({ socketPath: clamd.socketPath })
    for (let n = 1; n <= GENERATIONS; n++) {
      const [generation, scansBefore] = [`g${n}`, scans]
      expect((await verdictOf(newText(generation))).kind).toBe('clean')
      await putGeneration(home, generation)
      await control.reload()
      while (!(await control.servesGeneration(generation).catch(() => false))) await wait(20)
      scanner.setGeneration(generation)
      expect((await verdictOf(newText(generation))).kind).toBe('infected')
      while (scans < scansBefore + 20) await wait(5)
    }
    isDone = true
    await Promise.all(workers)
    expect(wrong).toEqual([])
    expect(slowestMs).toBeLessThan(60_000)
  })
})
