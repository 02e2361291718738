import { mkdir } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts'
import { createProcessRegistry, type Logger } from '@guardimesh/kit'
import { Counter, type Registry } from 'prom-client'
import { BackendClient } from '../../report/backend-client.js'
import { Sender } from '../../report/sender.js'
import { Spool } from '../../report/spool.js'
import type { ScannerSettings } from './config.js'
import { createEngines, type Engines } from './engines.js'
import { GenerationWatch } from './remote/generation-monitor.js'
import { RemoteConfig } from './remote/remote-config.js'
import type { NodeFacts } from './reporting/build-result.js'
import { CoverageMemory } from './reporting/coverage-memory.js'
import { FindingMemory } from './reporting/finding-memory.js'
import { Reporter } from './reporting/reporter.js'
import { Sightings } from './reporting/sightings.js'

/** What lives as long as the process and knows nothing of containers. */
export interface Context extends AsyncDisposable {
  readonly settings: ScannerSettings
  readonly log: Logger
  readonly metrics: Registry
  readonly node: NodeFacts
  readonly backend: BackendClient
  readonly spool: Spool
  readonly sender: Sender
  readonly sightings: Sightings
  readonly sightingSender: Sender
  readonly remote: RemoteConfig
  readonly engines: Engines
  readonly generation: GenerationWatch
  readonly reporter: Reporter
  /** What happens when another configuration or generation is in force; set once the parts that care are there. */
  readonly hooks: {
    onConfig: () => void
    onConfigState: () => void
    onReport: () => void
    onGeneration: (isFirst: boolean) => void
    /** Headers of any answer of the backend. */
    onAnswer: (headers: IncomingHttpHeaders) => void
  }
}

const BACKEND_TIMEOUT_MS = 30 * SECOND_MS

/** Opens everything on disk and takes up what earlier processes left. @throws GuardError SPOOL_UNUSABLE, ConfigError. */
export async function openContext(settings: ScannerSettings, log: Logger): Promise<Context> {
  const state = (name: string) => join(settings.STATE_FOLDER, name)
  await mkdir(settings.STATE_FOLDER, { recursive: true, mode: 0o700 })
  const metrics = createProcessRegistry()
  const node = { clusterId: settings.CLUSTER_ID, nodeName: settings.NODE_NAME, hostIp: settings.HOST_IP ?? '' }
  const { BACKEND_URL: baseUrl, BACKEND_CA_FILE: caFile, API_KEY_FILE: apiKeyFile } = settings
  const hooks: Context['hooks'] = {
    onConfig: () => {},
    onConfigState: () => {},
    onReport: () => {},
    onGeneration: () => {},
    onAnswer: () => {},
  }
  const onAnswer = (headers: IncomingHttpHeaders) => hooks.onAnswer(headers)
  const backend = new BackendClient({ baseUrl, caFile, apiKeyFile, timeoutMs: BACKEND_TIMEOUT_MS, onAnswer })
  const tell = { onChange: () => hooks.onConfig(), onState: () => hooks.onConfigState() }
  const remote = new RemoteConfig({ backend, path: state('scan-config.json'), log, ...tell })
  await remote.load()
  const scanConfig = () => remote.config
  const engines = createEngines(settings, remote.config, metrics, log)
  const onGeneration = (name: string, isFirst: boolean) => {
    engines.scanner.setGeneration(name)
    hooks.onGeneration(isFirst)
  }
  const { SIGNATURES_FOLDER: signaturesFolder, RUN_FOLDER: runFolder } = settings
  const { clamd } = engines
  const generation = new GenerationWatch({ signaturesFolder, runFolder, clamd, log, onGeneration, onReport: () => hooks.onReport() })
  const spool = await Spool.open({ folder: state('spool'), maxBytes: settings.SPOOL_MAX_BYTES, log })
  const findingMemory = await FindingMemory.open(state('told-findings.bin'), log)
  const engineFacts = () => ({ signatureGeneration: generation.generation, engineVersion: generation.engineVersion })
  const memories = { findingMemory, coverageMemory: new CoverageMemory() }
  const reporter = new Reporter({ spool, ...memories, node, engineFacts, scanConfig, log })
  await reporter.rememberPending()
  const onJudgement = countRequests(metrics)
  const sending = { spool, backend, ...node, refusedFolder: state('refused'), log }
  const sender = new Sender({ ...sending, lane: 'results', onJudgement })
  const sightings = new Sightings({ spool, node, metrics, log })
  const sightingSender = new Sender({ ...sending, lane: 'sightings' })
  const dispose = async () => {
    await spool[Symbol.asyncDispose]()
    findingMemory[Symbol.dispose]()
    await engines[Symbol.asyncDispose]()
    backend[Symbol.dispose]()
  }
  return {
    ...{ settings, log, metrics, node, backend, spool, sender, sightings, sightingSender, remote, engines, generation, reporter, hooks },
    [Symbol.asyncDispose]: dispose,
  }
}

function countRequests(metrics: Registry): (judgement: string, results: number) => void {
  const requests = new Counter({
    name: 'guardimesh_scanner_report_requests_total',
    help: 'Requests to the backend by what became of them',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  const results = new Counter({
    name: 'guardimesh_scanner_reported_results_total',
    help: 'Results that the backend took',
    registers: [metrics],
  })
  return (judgement, count) => {
    requests.inc({ outcome: judgement })
    if (judgement === 'stored') results.inc(count)
  }
}
