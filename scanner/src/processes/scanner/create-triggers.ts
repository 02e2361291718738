import type { FileEvent } from '../../node/fanotify-event.js'
import type { Context } from './context.js'
import type { Scans } from './create-scans.js'
import { ChangedFileWalker } from './rechecks/changed-file-walker.js'
import { NameChangeIntake } from './rechecks/name-change-intake.js'
import { SelfTest } from './self-test/self-test.js'
import { registerSelfTestMetrics } from './self-test/self-test-metrics.js'
import { FileEventIntake } from './triggers/file-event-intake.js'
import { MountFollower } from './triggers/mount-follower.js'
import { openFileEventsIfPossible } from './triggers/open-file-events.js'
import { ScanCoordinator } from './triggers/scan-coordinator.js'
import { Schedule } from './triggers/schedule.js'
import { WatchedContainers } from './triggers/watched-containers.js'
/** Creates the parts that trigger scans, and opens the node's file events. */
export function createTriggers(context: Context, scans: Scans, signal: AbortSignal) {
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

export type Triggers = ReturnType<typeof createTriggers>
