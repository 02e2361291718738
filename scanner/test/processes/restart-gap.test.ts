import { openSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ScanConfig } from '@guardimesh/contracts'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { statOpened } from '@guardimesh/scanner/node/file-stat.js'
import { RetryingScanner } from '@guardimesh/scanner/processes/scanner/scans/retrying-scanner.js'
import { WaitBudget } from '@guardimesh/scanner/processes/scanner/scans/wait-budget.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { never, openFile, quietLog } from '../engines/fixtures.js'
import { manySignatures, signatures } from './offered-databases.js'
import { type SupervisedClamd, superviseClamd, writeClamdTemplate } from './supervised-clamd.js'

const WORKERS = 4
const RESTARTS = 4
let folder: string
let clamd: SupervisedClamd
let engine: ClamdEngine
let hashes: HashPool

beforeAll(async () => {
  folder = await temporaryFolder('restart-gap')
  const databaseFolder = join(folder, 'database')
  for (const path of [databaseFolder, join(folder, 'files')]) await mkdir(path)
  await writeFile(join(databaseFolder, 'own.ndb'), `${manySignatures(20_000)}${signatures('Test.Bad')}`)
  const { configFile, socketPath } = await writeClamdTemplate(folder, databaseFolder)
  clamd = await superviseClamd(join(folder, 'clam'), configFile)
  engine = new ClamdEngine({ socketPath, timeoutMs: 60_000, log: quietLog })
  hashes = new HashPool()
  await vi.waitFor(() => engine.ping(1000), 60_000)
})
afterAll(async () => {
  engine[Symbol.dispose]()
  await hashes[Symbol.asyncDispose]()
  await clamd[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

test('scans every file while clamd restarts', { timeout: 300_000 }, async () => {
  const budgets = { concurrentScans: WORKERS, bytesPerSecond: 0 }
  const parts = { engines: { clamav: engine, obfuscation: undefined }, hashes, cache: new VerdictCache(), budgets, metrics: new Registry() }
  const scanConfig = ScanConfig.parse({ features: { obfuscation: false } })
  using scanner = new CachedScanner(parts)
  const files = new RetryingScanner({ scanner, scanConfig: () => scanConfig })
  let [count, isDone] = [0, false]
  const wrong: unknown[] = []
  const scan = async (text: string) => {
    const path = join(folder, 'files', `${++count}`)
    await writeFile(path, `${text} ${count}`)
    using opened = openFile(path)
    const facts = { path: opened.path, layer: '', scanSource: 'upperdir', stat: statOpened(opened.fd) } as const
    const file = { ...facts, open: () => openSync(path, 'r') }
    const { findings, gaps } = await files.scanFound(file, {}, new WaitBudget(), never)
    if (gaps.length > 0 || findings.length > 0 !== (text === 'text of Test.Bad')) wrong.push({ text, findings, gaps })
  }
  const worker = async () => {
    while (!isDone) for (const text of ['text of Test.Bad', 'nothing to see']) await scan(text)
  }
  const workers = Array.from({ length: WORKERS }, worker)
  const control = new ClamdControl({ socketPath: join(folder, 'clam', 'clamd.sock') })
  for (let n = 1; n <= RESTARTS; n++) {
    const before = count
    await control.shutDown()
    await expect.poll(() => clamd.pids.length, { timeout: 60_000 }).toBe(n + 1)
    await expect
      .poll(
        () =>
          control.ping().then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true)
    await expect.poll(() => count, { timeout: 60_000 }).toBeGreaterThan(before + 30)
  }
  isDone = true
  await Promise.all(workers)
  expect(wrong).toEqual([])
})
