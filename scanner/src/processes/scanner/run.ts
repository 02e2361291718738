import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ContainerInfoMessage, MINUTE_MS } from '@guardimesh/contracts'
import { aborted, background, type ProcessContext } from '@guardimesh/kit'
import { ExecMonitor } from '../../node/exec-monitor.js'
import type { FileEvent } from '../../node/fanotify-event.js'
import { FileWorkers } from '../../node/file-workers.js'
import { closeFolder } from '../../node/private-folder.js'
import { ProcReader } from '../../node/proc.js'
import { startProbes } from '../../probes/start-probes.js'
import { PodInventorySender } from '../../report/pod-inventory-sender.js'
import { ContainerMounts } from '../../sources/container-mounts.js'
import { DriftDetector } from '../../sources/drift-detector.js'
import { ProcessCache } from '../../sources/process-cache.js'
import { RunningFiles } from '../../sources/running-files.js'
import { RuntimeBinaries } from '../../sources/runtime-binaries.js'
import type { ScannerConfig } from './config.js'
import { type Context, openContext } from './context.js'
import { createImageLayers } from './images/create-image-layers.js'
import { ExecutedPrograms } from './images/executed-programs.js'
import { ChangedFileWalker } from './rechecks/changed-file-walker.js'
import { FileRechecker } from './rechecks/file-rechecker.js'
import { NameChangeIntake } from './rechecks/name-change-intake.js'
import { RecheckBook } from './rechecks/recheck-book.js'
import { ContainerWatcher } from './remote/container-watcher.js'
import { EngineLinks } from './remote/engine-links.js'
import { createPodInformer } from './remote/pod-informer.js'
import { ContainerFiles } from './scans/container-files.js'
import { ContainerScanner } from './scans/container-scanner.js'
import { DeferredScans } from './scans/deferred-scans.js'
import { ProcessInspector } from './scans/process-inspector.js'
import { ProcessScanLoop } from './scans/process-scan-loop.js'
import { RetryingScanner } from './scans/retrying-scanner.js'
import { ScanQueue } from './scans/scan-queue.js'
import { SelfTest } from './self-test/self-test.js'
import { registerSelfTestMetrics } from './self-test/self-test-metrics.js'
import { serveRequests } from './serve-requests.js'
import { buildPodInventory } from './status/pod-inventory.js'
import { ScannerStatusStore } from './status/scanner-status.js'
import { RuleTrialClient } from './trials/rule-trial-client.js'
import { FileEventIntake } from './triggers/file-event-intake.js'
import { FileEventScanner } from './triggers/file-event-scanner.js'
import { MountFollower } from './triggers/mount-follower.js'
import { openFileEventsIfPossible } from './triggers/open-file-events.js'
import { ProgramStarts } from './triggers/program-starts.js'
import { ScanCoordinator } from './triggers/scan-coordinator.js'
import { Schedule } from './triggers/schedule.js'
import { WatchedContainers } from './triggers/watched-containers.js'

/** Folder of the links to the engines below the run folder. */
const ENGINES_FOLDER = 'engines'
/** A starting node runs containers before clamd has loaded its signatures. */
const GENERATION_WAIT_MS = MINUTE_MS

/** Creates the parts that scan files and processes, without what triggers the scans. */
function createScans(context: Context, signal: AbortSignal) {
  const { config, log, metrics, events, reporter, sightings, remote, generation, engines } = context
  const { hostRoot } = config
  const scanConfig = () => remote.config
  const containerWatcher = new ContainerWatcher({ hostRoot, socketPath: join(config.inspectorFolder, 'inspector.sock'), log, events })
  const containers = (): Iterable<ContainerInfoMessage> => containerWatcher.containers.values()
  const proc = new ProcReader(hostRoot)
  const processes = new ProcessCache((pid) => proc.readProcess(pid))
  const readProcess = (pid: number, program?: Buffer) => processes.find(pid, program)
  const drift = new DriftDetector(hostRoot, engines.hashes)
  const files = new RetryingScanner({ ...engines, scanConfig })
  const containerMounts = new ContainerMounts(hostRoot, scanConfig)
  const workers = new FileWorkers(hostRoot)
  const runningFiles = new RunningFiles({ proc, drift, workers, features: () => scanConfig().features })
  const runtimes = new RuntimeBinaries(hostRoot, engines.hashes)
  const containerFiles = new ContainerFiles({ hostRoot, proc, workers, runningFiles, runtimes, containerMounts, scanConfig })
  const rescan = (container: ContainerInfoMessage): Promise<unknown> => queue.add({ container, trigger: 'recheck', ignoreCache: false })
  const deferredScans = new DeferredScans({ ...engines, hostRoot, files, reporter, sightings, rescan, metrics, log, signal })
  const monitor = new ExecMonitor({
    hostRoot,
    onStart: (start) => events.emit('programStarted', start),
    onEntered: (entered) => processes.remember(entered),
    onLost: () => events.emit('programStartsLost'),
  })
  const processInspector = new ProcessInspector({
    ...{ proc, containerFiles, files, deferredScans, sightings },
    monitorFailure: () => monitor.failure,
    maxFileSizeBytes: () => scanConfig().maxFileSizeBytes,
  })
  const processScanLoop = new ProcessScanLoop({ proc, processInspector, reporter, containers, scanConfig, log, signal })
  const containerScanner = new ContainerScanner({
    ...{ containerFiles, files, deferredScans, processInspector, reporter, sightings, scanConfig, log },
  })
  const queue = new ScanQueue(async (request) => {
    await generation.whenKnown(GENERATION_WAIT_MS, signal)
    return containerScanner.scan(request, signal)
  })
  const book = new RecheckBook()
  const recheckParts = {
    ...{ hostRoot, containers, containerFiles, files, deferredScans, book, reporter, sightings, scanConfig, log, signal },
  }
  const executedPrograms = new ExecutedPrograms({ hostRoot, scanConfig })
  const fileEventScanner = new FileEventScanner({ ...recheckParts, drift, executedPrograms, readProcess })
  const programStarts = new ProgramStarts({
    ...{ proc, runningFiles, runtimes, processInspector, processScanLoop, containers, scanConfig, log, signal },
  })
  const fileRechecker = new FileRechecker(recheckParts)
  const imageLayers = createImageLayers(context, { hostRoot, files, scanConfig, isScanning: () => fileEventScanner.active > 0 })
  const ruleTrials = new RuleTrialClient({ ...context, ...engines, engine: engines.trial, containerFiles, containers, scanConfig })
  const dispose = () => {
    monitor[Symbol.dispose]()
    workers[Symbol.dispose]()
    deferredScans[Symbol.dispose]()
    containerWatcher[Symbol.dispose]()
  }
  return {
    ...{ scanConfig, proc, containerMounts, containerWatcher, containers, readProcess, processInspector, processScanLoop, queue },
    ...{ fileEventScanner, ruleTrials, deferredScans, imageLayers, executedPrograms, book, fileRechecker, recheckParts, programStarts },
    [Symbol.dispose]: dispose,
  }
}

type Scans = ReturnType<typeof createScans>

/** Creates the parts that trigger scans, and opens the node's file events. */
function createTriggers(context: Context, scans: Scans, signal: AbortSignal) {
  const { config, log, events, remote } = context
  const { hostRoot } = config
  const maxOpenEvents = remote.config.budgets.openFiles
  const fileEvents = openFileEventsIfPossible(
    {
      hostRoot,
      maxOpenEvents,
      onEvents: (read) => events.emit('fileEvents', read),
      onOverflow: (cause) => events.emit('fileEventsLost', cause),
    },
    log,
  )
  const selfTest = new SelfTest({ ...context, ...context.engines, hostRoot, fileEvents, scanConfig: scans.scanConfig })
  registerSelfTestMetrics(context.metrics, selfTest)
  const watchedContainers = new WatchedContainers({ ...scans, hostRoot, fileEvents, log })
  const mountFollower = new MountFollower({ ...scans, hostRoot, events, watchedContainers, log, signal })
  const changedFileWalker = new ChangedFileWalker({
    ...scans.recheckParts,
    overlayDeviceOf: (containerId) => watchedContainers.overlayDeviceOf(containerId),
  })
  const nameChanges = new NameChangeIntake(scans.recheckParts)
  const muteModifications = (event: FileEvent) => fileEvents?.muteModifications(event)
  const fileEventIntake = new FileEventIntake({
    ...{ ...scans, events, watchedContainers, mountFollower, maxWaiting: maxOpenEvents / 2, muteModifications },
  })
  const coordinator = new ScanCoordinator({ ...context, ...scans, watchedContainers, signal })
  const schedule = new Schedule(events, log)
  const dispose = () => {
    schedule[Symbol.dispose]()
    fileEvents?.[Symbol.dispose]()
    fileEventIntake[Symbol.dispose]()
    nameChanges[Symbol.dispose]()
  }
  const own = { selfTest, watchedContainers, mountFollower, changedFileWalker, nameChanges, fileEventIntake, coordinator, schedule }
  return { ...own, [Symbol.dispose]: dispose }
}

type Triggers = ReturnType<typeof createTriggers>

/** Creates the parts that report the state of the node. */
async function createReporting(context: Context, scans: Scans, { watchedContainers, selfTest }: Triggers) {
  const { config, log, events, engines, metrics, node, backend } = context
  const { containerWatcher, containers } = scans
  const status = new ScannerStatusStore({ ...context, ...engines, ...scans, watchedContainers, selfTest })
  status.register(metrics)
  const onChange = () => events.emit('inventoryChanged')
  const podInformer = config.isInCluster ? await createPodInformer({ nodeName: config.nodeName, log, onChange }) : undefined
  const readInventory = async () => {
    const notWatchedReason = (containerId: string) => watchedContainers.notWatchedReason(containerId) || selfTest.missingEvents
    const podFacts = (podUid: string) => podInformer?.items.get(podUid)
    const pods = buildPodInventory({ containers: containers(), node, notWatchedReason, podFacts })
    return { pods, node: status.node(await containerWatcher.runtime()) }
  }
  const inventorySender = new PodInventorySender({ backend, log, read: readInventory })
  return { status, podInformer, inventorySender }
}

type Parts = Scans & Triggers & Awaited<ReturnType<typeof createReporting>>

/** Connects the parts: every event with its effects, in their order. */
function subscribe({ events, engines, remote }: Context, parts: Parts): void {
  const { coordinator, deferredScans, fileEventIntake, schedule, inventorySender, programStarts, ruleTrials } = parts
  const { imageLayers, executedPrograms, selfTest } = parts
  events.on('containerStarted', (container) => coordinator.containerStarted(container))
  events.on('containerStarted', (container) => imageLayers.containerStarted(container))
  events.on('containerStopped', (container) => coordinator.containerStopped(container))
  events.on('containerStopped', ({ containerId }) => deferredScans.forget(containerId))
  events.on('containerStopped', (container) => imageLayers.containerStopped(container))
  events.on('containerStarted', (container) => parts.nameChanges.start(container))
  events.on('containerStopped', (container) => parts.nameChanges.stop(container))
  events.on('containerStopped', ({ containerId }) => parts.book.forgetContainer(containerId))
  events.on('containerEndedUnseen', (container) => coordinator.containerEndedUnseen(container))
  events.on('mountsAdded', (container, mountIds, notWatched) => coordinator.mountsAdded(container, mountIds, notWatched))
  events.on('fileEvents', (read) => programStarts.noteFileEvents(read))
  events.on('fileEvents', (read) => fileEventIntake.accept(selfTest.withoutCanary(read)))
  events.on('fileEventsLost', (cause, containers) => coordinator.fileEventsLost(cause, containers))
  events.on('programStarted', (start) => programStarts.accept(start))
  events.on('programStartsLost', () => programStarts.lost())
  events.on('scheduleDue', () => coordinator.scheduleDue())
  events.on('generationLoaded', (generation) => engines.scanner.setGeneration(generation))
  events.on('generationLoaded', (_, isFirst) => coordinator.generationLoaded(isFirst))
  events.on('generationLoaded', () => executedPrograms.forget())
  events.on('generationLoaded', () => imageLayers.wake())
  events.on('generationLoaded', () => selfTest.wake())
  events.on('configChanged', (config) => engines.scanner.setBudgets(config.budgets))
  events.on('configChanged', (config) => schedule.apply(config))
  events.on('configChanged', () => coordinator.configChanged())
  events.on('configChanged', () => executedPrograms.forget())
  events.on('configChanged', () => imageLayers.wake())
  events.on('configChanged', () => selfTest.wake())
  events.on('inventoryChanged', () => inventorySender.markChanged())
  events.on('backendResponded', (headers) => remote.noteHeaders(headers))
  events.on('backendResponded', (headers) => ruleTrials.noteHeaders(headers))
}

/** Starts the work of all parts. @returns the promises of their ends by name. */
function startWork(context: Context, parts: Parts, signal: AbortSignal): Readonly<Record<string, Promise<void>>> {
  return {
    'watch containers': parts.containerWatcher.run(signal),
    'monitor the loaded generation': context.generation.run(signal),
    'poll the scan configuration': context.remote.run(signal),
    'send results': context.sender.run(signal),
    'write sightings': context.sightings.run(signal),
    'send sightings': context.sightingSender.run(signal),
    'send the pod inventory': parts.inventorySender.run(signal),
    'test itself': parts.selfTest.run(signal),
    'run rule trials': parts.ruleTrials.run(signal),
    'scan image layers': parts.imageLayers.run(signal),
    'inspect processes': parts.processScanLoop.run(),
    'complete verdicts': parts.deferredScans.run(),
    'follow mounts': parts.mountFollower.run(),
    'report summaries of file events': parts.fileEventScanner.runSummaries(),
    'check written files': parts.fileRechecker.run(),
    'check for changed files': parts.changedFileWalker.run(),
    'watch pods of the cluster': parts.podInformer?.run(signal) ?? Promise.resolve(),
  }
}

/** In a cluster, keeps links to the folders of the engines, which run in another pod. */
async function linkEngines({ config, log, events }: Context): Promise<void> {
  const { enginePods, hostRoot, runFolder } = config
  if (!enginePods) return
  const folder = join(runFolder, ENGINES_FOLDER)
  await mkdir(folder, { recursive: true })
  const links = new EngineLinks({ ...enginePods, folder, hostRoot, log })
  events.on('containerStarted', (container) => links.containerStarted(container))
  events.on('containerStopped', (container) => links.containerStopped(container))
}

/** Runs the scanner until the signal is aborted. */
export async function runScanner({ config, log, signal }: ProcessContext<ScannerConfig>): Promise<void> {
  await using context = await openContext(config, log)
  const { remote, generation, metrics, engines } = context
  const { runFolder, nodeName, probePort: port } = config
  await closeFolder(runFolder)
  await linkEngines(context)
  using scans = createScans(context, signal)
  const { containerWatcher } = scans
  using triggers = createTriggers(context, scans, signal)
  const parts = { ...scans, ...triggers, ...(await createReporting(context, scans, triggers)) }
  subscribe(context, parts)
  parts.schedule.apply(remote.config)
  const server = await serveRequests({ ...parts, socketPath: join(runFolder, 'scanner.sock'), log })
  const readiness = {
    inspector: () => throwIf(containerWatcher.failure),
    clamd: () => throwIf(generation.failure || engines.scanner.failureOf('clamav')),
  }
  using _probes = await startProbes({ runFolder, process: 'scanner', port, metrics, readiness })
  log.info({ nodeName }, 'scanner started')
  const work = startWork(context, parts, signal)
  for (const [name, promise] of Object.entries(work)) background(log, name, promise)
  await aborted(signal)
  server.close()
  await Promise.allSettled(Object.values(work))
}

function throwIf(failure: string): void {
  if (failure !== '') throw new Error(failure)
}
