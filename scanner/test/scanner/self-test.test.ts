import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { ObfuscationEngine } from '@guardimesh/scanner/engines/obfuscation/obfuscation-engine.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { openFileEvents } from '@guardimesh/scanner/node/fanotify.js'
import { ScannerEvents } from '@guardimesh/scanner/processes/scanner/events/scanner-events.js'
import { CatalogFloorKeeper } from '@guardimesh/scanner/processes/scanner/remote/catalog-floor-keeper.js'
import { GenerationMonitor } from '@guardimesh/scanner/processes/scanner/remote/generation-monitor.js'
import { SelfTest } from '@guardimesh/scanner/processes/scanner/self-test/self-test.js'
import { type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietLog as log, never } from '../engines/fixtures.js'
import { type BuiltProcess, runBuilt } from '../processes/run-built.js'
import { activateGeneration, textSignature } from './generation.fixture.js'

let folder: string
let clamd: RunningClamd
let obfuscationScanner: BuiltProcess
let generation: GenerationMonitor
const events = new ScannerEvents()
const stopped = new AbortController()
const cleanUp = new AsyncDisposableStack()

beforeAll(async () => {
  folder = await temporaryFolder('self-test')
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  const signaturesFolder = join(folder, 'signatures')
  await activateGeneration(signaturesFolder, 'g1', textSignature('Test.Text', 'some-text'))
  clamd = await startClamd({ folder: join(folder, 'clamd'), databaseFolder: join(signaturesFolder, 'current', 'clamav') })
  cleanUp.defer(() => clamd.stop())
  obfuscationScanner = cleanUp.use(runBuilt('obfuscation-scanner', { RUN_FOLDER: folder, SIGNATURES_FOLDER: signaturesFolder }))
  await obfuscationScanner.wrote('rules loaded')
  const catalogFloor = new CatalogFloorKeeper({ stateFolder: folder, pullerFolder: folder, log })
  generation = new GenerationMonitor({
    ...{ signaturesFolder, pullerFolder: folder, catalogFloor, clamd: new ClamdControl(clamd), log, events },
  })
  const polling = generation.run(stopped.signal)
  cleanUp.defer(() => {
    stopped.abort()
    return polling
  })
  await generation.whenKnown(20_000, never)
})
afterAll(() => cleanUp.disposeAsync())

/** Runs one test with file events of its own. @param maxOpenEvents with 0, every event is lost. */
async function selfTest(maxOpenEvents = 100) {
  using stack = new DisposableStack()
  const clamav = stack.use(new ClamdEngine({ socketPath: clamd.socketPath, timeoutMs: 10_000, log }))
  const obfuscation = stack.use(new ObfuscationEngine({ socketPath: join(folder, 'obfuscation.sock'), timeoutMs: 10_000 }))
  await using hashes = new HashPool()
  const scanner = new CachedScanner({
    ...{ engines: { clamav, obfuscation }, hashes, cache: new VerdictCache(), metrics: new Registry() },
    budgets: { concurrentScans: 2, bytesPerSecond: 0 },
  })
  stack.use(scanner)
  let others = 0
  const fileEvents = openFileEvents({
    ...{ hostRoot: '/', maxOpenEvents, onOverflow: () => undefined },
    onEvents: (read) => {
      for (const event of tested.withoutCanary(read)) {
        others += 1
        event.close()
      }
    },
  })
  stack.use(fileEvents)
  const tested = new SelfTest({
    ...{ hostRoot: '/', fileEvents, scanner, generation, events, scanConfig: () => DEFAULT_SCAN_CONFIG, log },
  })
  const { failures, missingEvents } = await tested.test(never)
  return { failures: Object.fromEntries(failures), missingEvents, openEvents: fileEvents.openEvents, others }
}

test('passes while events arrive and all engines detect the canary, and hands its events to nobody else', async () => {
  expect(await selfTest()).toEqual({ failures: {}, missingEvents: '', openEvents: 0, others: 0 })
})

test('fails for layers and volumes when events are lost, and for nothing else', async () => {
  const { failures, missingEvents } = await selfTest(0)
  expect(failures).toEqual({
    layer: 'no event of a write to a layer of a container within 10 s',
    volume: 'no event of a write to a volume of a container within 10 s',
  })
  expect(missingEvents).toBe('the self-test failed: no event of a write to a layer of a container within 10 s')
})

test('fails for the engine that does not answer', async () => {
  await obfuscationScanner[Symbol.asyncDispose]()
  const withoutRules = await selfTest()
  expect(Object.keys(withoutRules.failures)).toEqual(['obfuscation'])
  expect(withoutRules.failures.obfuscation).toMatch(/no verdict of the obfuscation scanner yet/)
  await clamd.stop()
  expect(Object.keys((await selfTest()).failures)).toEqual(['clamav', 'obfuscation'])
})
