import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { aborted, background, type ProcessContext } from '@guardimesh/kit'
import { closeFolder } from '../../node/private-folder.js'
import { startProbes } from '../../probes/start-probes.js'
import { PodInventorySender } from '../../report/pod-inventory-sender.js'
import type { ScannerConfig } from './config.js'
import { type Context, openContext } from './context.js'
import { createScans, type Scans } from './create-scans.js'
import { createTriggers, type Triggers } from './create-triggers.js'
import { EngineLinks } from './remote/engine-links.js'
import { createPodInformer } from './remote/pod-informer.js'
import { createSelfTestCondition } from './self-test/self-test-condition.js'
import { serveRequests } from './serve-requests.js'
import { buildPodInventory } from './status/pod-inventory.js'
import { ScannerStatusStore } from './status/scanner-status.js'

/** Folder of the links to the engines below the run folder. */
const ENGINES_FOLDER = 'engines'

/** Creates the parts that report the state of the node. */
async function createReporting(context: Context, scans: Scans, { watchedContainers, selfTest }: Triggers) {
  const { config, log, events, engines, metrics, node, backend } = context
  const { containerWatcher, containers } = scans
  const status = new ScannerStatusStore({ ...context, ...engines, ...scans, watchedContainers, selfTest })
  status.register(metrics)
  const onChange = () => events.emit('inventoryChanged')
  const { isInCluster, nodeName } = config
  const podInformer = isInCluster ? await createPodInformer({ nodeName, log, onChange }) : undefined
  const selfTestCondition = isInCluster ? await createSelfTestCondition(nodeName, log) : undefined
  const readInventory = async () => {
    const notWatchedReason = (containerId: string) => watchedContainers.notWatchedReason(containerId) || selfTest.missingEvents
    const podFacts = (podUid: string) => podInformer?.items.get(podUid)
    const pods = buildPodInventory({ containers: containers(), node, notWatchedReason, podFacts })
    return { pods, node: status.node(await containerWatcher.runtime()) }
  }
  const inventorySender = new PodInventorySender({ backend, log, read: readInventory })
  return { status, podInformer, selfTestCondition, inventorySender }
}

type Parts = Scans & Triggers & Awaited<ReturnType<typeof createReporting>>

/** Connects the parts: every event with its effects, in their order. */
function subscribe({ events, engines, remote }: Context, parts: Parts): void {
  const { coordinator, deferredScans, fileEventIntake, schedule, inventorySender, programStarts, ruleTrials } = parts
  const { imageLayers, executedPrograms, selfTest, selfTestCondition } = parts
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
  events.on('selfTested', (failures) => selfTestCondition?.show(failures))
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
    // Nobody sees what this node detects until the backend accepts its results.
    backend: () => throwIf(context.backend.failure || context.sender.failure),
    clamd: () => throwIf(generation.failure || engines.scanner.failureOf('clamav')),
  }
  using _probes = await startProbes({ runFolder, process: 'scanner', port, metrics, readiness })
  log.info({ nodeName }, 'scanner started')
  const work = startWork(context, parts, signal)
  for (const [name, promise] of Object.entries(work)) background(log, name, promise)
  await aborted(signal)
  server.close()
  await Promise.allSettled([...Object.values(work), parts.selfTestCondition?.remove()])
}

function throwIf(failure: string): void {
  if (failure !== '') throw new Error(failure)
}
