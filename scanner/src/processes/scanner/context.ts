import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { createProcessRegistry, type Logger } from '@guardimesh/kit'
import { Counter, type Registry } from 'prom-client'
import { BackendClient } from '../../report/backend-client.js'
import { Sender } from '../../report/sender.js'
import { Spool } from '../../report/spool.js'
import type { ScannerConfig } from './config.js'
import { createEngines, type Engines } from './engines.js'
import { ScannerEvents } from './events/scanner-events.js'
import { CatalogFloorKeeper } from './remote/catalog-floor-keeper.js'
import { GenerationMonitor } from './remote/generation-monitor.js'
import { isOwnContainer } from './remote/own-containers.js'
import { RemoteConfig } from './remote/remote-config.js'
import type { NodeFacts } from './reporting/build-result.js'
import { CoverageMemory } from './reporting/coverage-memory.js'
import { findFindingMemory } from './reporting/find-finding-memory.js'
import { FindingMemory } from './reporting/finding-memory.js'
import { Reporter, type ReporterOptions } from './reporting/reporter.js'
import { Sightings } from './reporting/sightings.js'
import { isCanarySignature } from './self-test/canary-file.js'

/** The parts of the process that do not depend on containers. */
export interface Context extends AsyncDisposable {
  readonly config: ScannerConfig
  readonly log: Logger
  readonly metrics: Registry
  readonly events: ScannerEvents
  readonly node: NodeFacts
  readonly backend: BackendClient
  readonly spool: Spool
  readonly sender: Sender
  readonly sightings: Sightings
  readonly sightingSender: Sender
  readonly remote: RemoteConfig
  readonly engines: Engines
  readonly generation: GenerationMonitor
  readonly reporter: Reporter
}

const BACKEND_TIMEOUT_MS = 30 * SECOND_MS

/** Opens the state on disk, including that of earlier processes. @throws GuardError SPOOL_UNUSABLE, ConfigError. */
export async function openContext(config: ScannerConfig, log: Logger): Promise<Context> {
  const statePath = (name: string) => join(config.stateFolder, name)
  await mkdir(config.stateFolder, { recursive: true, mode: 0o700 })
  const events = new ScannerEvents()
  const metrics = createProcessRegistry()
  const node = { clusterId: config.clusterId, nodeName: config.nodeName, hostIp: config.hostIp }
  const backend = createBackendClient(config, events)
  const remote = new RemoteConfig({ backend, path: statePath('scan-config.json'), log, events })
  await remote.load()
  const engines = createEngines(config, remote.config, metrics, log)
  const { signaturesFolder, pullerFolder, stateFolder } = config
  const catalogFloor = new CatalogFloorKeeper({ stateFolder, pullerFolder, log })
  const generation = new GenerationMonitor({
    ...{ signaturesFolder, pullerFolder, catalogFloor, clamd: engines.clamd, log, events },
    requiresManifest: config.enginePods !== undefined,
  })
  const spool = await Spool.open({ folder: statePath('spool'), maxBytes: config.spoolMaxBytes, log })
  const findingMemory = await FindingMemory.open(await findFindingMemory(config.stateFolder), log)
  const memories = { findingMemory, coverageMemory: new CoverageMemory() }
  const engineFacts = () => ({ signatureGeneration: generation.generation, engineVersion: generation.engineVersion })
  const isOwn = isOwnContainer(config.enginePods)
  // Other triggers than the self-test may find its files, which are in the scanner's own containers.
  const isSelfTest: ReporterOptions['isSelfTest'] = ({ container }, { signatureName }) =>
    isOwn(container) && isCanarySignature(signatureName)
  const reporter = new Reporter({ spool, ...memories, node, engineFacts, scanConfig: () => remote.config, isSelfTest, log })
  await reporter.rememberPending()
  const sightings = new Sightings({ spool, node, metrics, log })
  const senderOptions = { spool, backend, ...node, refusedFolder: statePath('refused'), log }
  const sender = new Sender({ ...senderOptions, lane: 'results', onJudgement: countRequests(metrics) })
  const sightingSender = new Sender({ ...senderOptions, lane: 'sightings' })
  const dispose = async () => {
    await spool[Symbol.asyncDispose]()
    findingMemory[Symbol.dispose]()
    await engines[Symbol.asyncDispose]()
    backend[Symbol.dispose]()
  }
  return {
    ...{ config, log, metrics, events, node, backend, spool, sender, sightings, sightingSender, remote, engines, generation },
    reporter,
    [Symbol.asyncDispose]: dispose,
  }
}

function createBackendClient(config: ScannerConfig, events: ScannerEvents): BackendClient {
  return new BackendClient({
    baseUrl: config.backendUrl,
    caFile: config.backendCaFile,
    apiKeyFile: config.apiKeyFile,
    timeoutMs: BACKEND_TIMEOUT_MS,
    onResponse: (headers) => events.emit('backendResponded', headers),
  })
}

function countRequests(metrics: Registry): (judgement: string, results: number) => void {
  const requests = new Counter({
    name: 'guardimesh_scanner_report_requests_total',
    help: 'Requests with results to the backend, by outcome',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  const results = new Counter({
    name: 'guardimesh_scanner_reported_results_total',
    help: 'Results that the backend has stored',
    registers: [metrics],
  })
  return (judgement, count) => {
    requests.inc({ outcome: judgement })
    if (judgement === 'stored') results.inc(count)
  }
}
