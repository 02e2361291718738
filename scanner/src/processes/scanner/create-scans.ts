import { join } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import { ExecMonitor } from '../../node/exec-monitor.js'
import { FileWorkers } from '../../node/file-workers.js'
import { ProcReader } from '../../node/proc.js'
import { ContainerMounts } from '../../sources/container-mounts.js'
import { DriftDetector } from '../../sources/drift-detector.js'
import { ProcessCache } from '../../sources/process-cache.js'
import { RunningFiles } from '../../sources/running-files.js'
import { RuntimeBinaries } from '../../sources/runtime-binaries.js'
import type { Context } from './context.js'
import { createImageLayers } from './images/create-image-layers.js'
import { ExecutedPrograms } from './images/executed-programs.js'
import { FileRechecker } from './rechecks/file-rechecker.js'
import { RecheckBook } from './rechecks/recheck-book.js'
import { ContainerWatcher } from './remote/container-watcher.js'
import { isOwnContainer } from './remote/own-containers.js'
import { ContainerFiles } from './scans/container-files.js'
import { ContainerScanner } from './scans/container-scanner.js'
import { DeferredScans } from './scans/deferred-scans.js'
import { ProcessInspector } from './scans/process-inspector.js'
import { ProcessScanLoop } from './scans/process-scan-loop.js'
import { RetryingScanner } from './scans/retrying-scanner.js'
import { ScanQueue } from './scans/scan-queue.js'
import { RuleTrialClient } from './trials/rule-trial-client.js'
import { FileEventScanner } from './triggers/file-event-scanner.js'
import { ProgramStarts } from './triggers/program-starts.js'

/** A starting node runs containers before clamd has loaded its signatures. */
const GENERATION_WAIT_MS = MINUTE_MS

/** Creates the parts that scan files and processes, without what triggers the scans. */
export function createScans(context: Context, signal: AbortSignal) {
  const { config, log, metrics, events, reporter, sightings, remote, generation, engines } = context
  const { hostRoot } = config
  const scanConfig = () => remote.config
  const containerWatcher = new ContainerWatcher({ hostRoot, socketPath: join(config.inspectorFolder, 'inspector.sock'), log, events })
  const knownContainers = containerWatcher.containers
  const containers = (): Iterable<ContainerInfoMessage> => knownContainers.values()
  const proc = new ProcReader(hostRoot)
  const processes = new ProcessCache((pid) => proc.readProcess(pid))
  const readProcess = (pid: number, program?: Buffer) => processes.find(pid, program)
  const drift = new DriftDetector(hostRoot, engines.hashes)
  const files = new RetryingScanner({ ...engines, scanConfig })
  const isOwn = isOwnContainer(config.enginePods)
  const containerMounts = new ContainerMounts(hostRoot, scanConfig, isOwn)
  const workers = new FileWorkers(hostRoot)
  const runningFiles = new RunningFiles({ proc, drift, workers, features: () => scanConfig().features, isOwn })
  const runtimes = new RuntimeBinaries(hostRoot, engines.hashes)
  const containerFiles = new ContainerFiles({ hostRoot, proc, workers, runningFiles, runtimes, containerMounts, containers, scanConfig })
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
    ...{ proc, runningFiles, runtimes, processInspector, processScanLoop, knownContainers, scanConfig, log, signal },
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

export type Scans = ReturnType<typeof createScans>
