import { join } from 'node:path'
import { type ContainerInfoMessage, MINUTE_MS, SCAN_CONFIG_HEADER } from '@guardimesh/contracts'
import { aborted, background } from '@guardimesh/kit'
import type { Informer } from '@guardimesh/kit/kube/informer'
import type { PodSummary } from '@guardimesh/kit/kube/node-pods'
import { ProcReader } from '../../node/proc.js'
import { startProbes } from '../../probes/start-probes.js'
import { PodLogSender } from '../../report/send-pod-log.js'
import { DriftDetector } from '../../sources/drift-detector.js'
import { FileEventDebouncer } from '../../sources/file-event-debouncer.js'
import { ProcessCache } from '../../sources/process-cache.js'
import { readProcessFacts } from '../../sources/running-file.js'
import type { Context } from './context.js'
import { EventScans } from './events/event-scans.js'
import { openEventsIfPossible } from './events/open-events.js'
import { ScanCoordinator } from './events/scan-coordinator.js'
import { Watches } from './events/watched-containers.js'
import { followCluster } from './remote/follow-cluster.js'
import { WatchPods } from './remote/watch-pods.js'
import { buildInventory, type PodFacts } from './reporting/pod-inventory.js'
import { ScannerStatusStore } from './reporting/scanner-status.js'
import { ContainerScans } from './scans/container-scans.js'
import { ProcessInspector } from './scans/process-inspector.js'
import { ProcessScanLoop } from './scans/process-scan-loop.js'
import { RetryingScanner } from './scans/retrying-scanner.js'
import { ScanQueue } from './scans/scan-queue.js'
import { Schedule } from './scans/schedule.js'
import { serveRequests } from './serve-requests.js'
import { RuleTrials } from './trials/rule-trials.js'

/** A node that starts has its containers before clamd has its signatures. */
const GENERATION_WAIT_MS = MINUTE_MS

/** Everything that knows of containers. */
interface Parts extends Disposable {
  readonly pods: WatchPods
  readonly triggers: ScanCoordinator
  readonly queue: ScanQueue
  readonly status: ScannerStatusStore
  readonly schedule: Schedule
  readonly podLog: PodLogSender
  readonly processWatch: ProcessScanLoop
  readonly eventScans: EventScans
  readonly ruleTrials: RuleTrials
  readonly cluster: Informer<PodSummary> | undefined
  readonly containers: () => Iterable<ContainerInfoMessage>
}

/** Looking at files and processes: knows nothing of when. */
function createScans({ settings, log, reporter, sightings, remote, generation, engines }: Context, signal: AbortSignal) {
  const hostRoot = settings.HOST_ROOT
  const scanConfig = () => remote.config
  const proc = new ProcReader(hostRoot)
  const processes = new ProcessCache((pid) => readProcessFacts(proc, pid))
  const readProcess = (pid: number, program?: Buffer) => processes.find(pid, program)
  const drift = new DriftDetector(hostRoot, engines.hashes)
  const files = new RetryingScanner({ ...engines, scanConfig })
  const processInspector = new ProcessInspector({ proc, drift, files, sightings, scanConfig })
  const containerScans = new ContainerScans({ hostRoot, files, processInspector, proc, reporter, sightings, scanConfig })
  const queue = new ScanQueue(async ({ container, trigger, ignoreCache }) => {
    await generation.whenKnown(GENERATION_WAIT_MS, signal)
    return containerScans.scan(container, trigger, ignoreCache, signal)
  })
  const eventScans = new EventScans({ files, drift, reporter, sightings, readProcess, scanConfig, log, signal })
  return { scanConfig, proc, readProcess, processInspector, queue, eventScans }
}

async function createParts(context: Context, signal: AbortSignal): Promise<Parts> {
  const { settings, log, reporter, remote, engines, metrics } = context
  const { scanConfig, proc, readProcess, processInspector, queue, eventScans } = createScans(context, signal)
  const pods = new WatchPods({
    socketPath: join(settings.RUN_FOLDER, 'inspector.sock'),
    log,
    onStarted: (container) => triggers.containerStarted(container),
    onStopped: (container) => triggers.containerStopped(container),
  })
  const containers = () => pods.containers.values()
  const processWatch = new ProcessScanLoop({ proc, processInspector, reporter, containers, scanConfig, log, signal })
  const maxWaiting = remote.config.budgets.openFiles / 2
  const settler = new FileEventDebouncer({ onSettled: (settled) => triggers.settledEvent(settled), readProcess, maxWaiting })
  const events = openEventsIfPossible(
    {
      hostRoot: settings.HOST_ROOT,
      maxOpenEvents: remote.config.budgets.openFiles,
      onEvents: (told) => triggers.fileEvents(told, settler),
      onOverflow: (cause) => triggers.eventsLost(cause),
    },
    log,
  )
  const watches = new Watches({ hostRoot: settings.HOST_ROOT, events, scanConfig, log })
  const status = new ScannerStatusStore({ ...context, ...engines, pods, watches, events: eventScans })
  status.register(metrics)
  const cluster = await followCluster(settings, log, () => podLog.changed())
  const podFacts = (podUid: string) => cluster?.items.get(podUid)
  const podLog = new PodLogSender({ backend: context.backend, log, read: () => readInventory(context, pods, watches, status, podFacts) })
  const ruleTrials = new RuleTrials({
    ...context,
    ...engines,
    engine: engines.trial,
    hostRoot: settings.HOST_ROOT,
    proc,
    processInspector,
    containers,
    scanConfig,
  })
  const triggers = new ScanCoordinator({
    ...{ containers, scanConfig, watches, queue, eventScans, processWatch, processInspector, reporter, status, podLog, log, signal },
  })
  const schedule = new Schedule(() => triggers.scheduleDue(), log)
  const dispose = () => {
    schedule[Symbol.dispose]()
    pods[Symbol.dispose]()
    events?.[Symbol.dispose]()
    settler[Symbol.dispose]()
  }
  return {
    pods,
    triggers,
    queue,
    status,
    schedule,
    podLog,
    processWatch,
    eventScans,
    ruleTrials,
    cluster,
    containers,
    [Symbol.dispose]: dispose,
  }
}

/** Puts the parts together and runs them until the signal is aborted. */
export async function runScanner(context: Context, signal: AbortSignal): Promise<void> {
  const { settings, log, remote, generation, engines, metrics, hooks } = context
  using parts = await createParts(context, signal)
  const { pods, triggers, schedule, podLog } = parts
  schedule.apply(remote.config)
  hooks.onGeneration = (isFirst) => triggers.generationChanged(isFirst)
  hooks.onConfigState = () => podLog.changed()
  hooks.onReport = () => podLog.changed()
  hooks.onAnswer = (headers) => {
    const etag = headers[SCAN_CONFIG_HEADER]
    if (typeof etag === 'string') remote.heard(etag)
    parts.ruleTrials.heard(headers)
  }
  hooks.onConfig = () => {
    engines.scanner.setBudgets(remote.config.budgets)
    schedule.apply(remote.config)
    triggers.configChanged()
  }
  const server = await serveRequests({ ...parts, socketPath: join(settings.RUN_FOLDER, 'scanner.sock'), log })
  const readiness = { inspector: () => throwIf(pods.failure), clamd: () => throwIf(generation.failure) }
  const { RUN_FOLDER: runFolder, PROBE_PORT: port } = settings
  using _probes = await startProbes({ runFolder, process: 'scanner', port, metrics, readiness })
  log.info({ nodeName: settings.NODE_NAME }, 'scanner started')
  const work = {
    'watch pods': pods.run(signal),
    'watch signatures': generation.run(signal),
    'poll configuration': remote.run(signal),
    'send results': context.sender.run(signal),
    'write sightings down': context.sightings.run(signal),
    'send sightings': context.sightingSender.run(signal),
    'send inventory': podLog.run(signal),
    'try rules': parts.ruleTrials.run(signal),
    'look over processes': parts.processWatch.run(),
    'sum up file events': parts.eventScans.runSummaries(),
    'watch the cluster': parts.cluster?.run(signal) ?? Promise.resolve(),
  }
  for (const [name, promise] of Object.entries(work)) background(log, name, promise)
  await aborted(signal)
  server.close()
  await Promise.allSettled(Object.values(work))
}

async function readInventory(
  context: Context,
  pods: WatchPods,
  watches: Watches,
  status: ScannerStatusStore,
  podFacts: (podUid: string) => PodFacts | undefined,
) {
  const list = buildInventory(pods.containers.values(), context.node, (containerId) => watches.notWatchedReason(containerId), podFacts)
  return { pods: list, node: status.node(await pods.runtime()) }
}

function throwIf(failure: string): void {
  if (failure !== '') throw new Error(failure)
}
