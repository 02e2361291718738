import { EventEmitter } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { ProgramStart } from '../../../node/exec-monitor.js'
import type { OverflowCause } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { NotScanned } from '../../../sources/found-file.js'

/** Why file events were lost: in the kernel or while reading, or because one container has too many events in progress. */
export type EventLossCause = OverflowCause | 'too-many-of-one'

/** The events of the scanner process with the arguments of their listeners; `subscribe` in run.ts lists all listeners. */
export interface ScannerEventMap {
  containerStarted: [container: ContainerInfoMessage]
  containerStopped: [container: ContainerInfoMessage]
  /** A container that ended before it could be watched or scanned. */
  containerEndedUnseen: [container: ContainerInfoMessage]
  /** A container has mounted something since it started; `notWatched` are those of the mounts whose file events cannot be watched. */
  mountsAdded: [container: ContainerInfoMessage, mountIds: ReadonlySet<number>, notWatched: readonly NotScanned[]]
  /** One read from the kernel, oldest first. FileEventIntake takes over the descriptors. */
  fileEvents: [events: readonly FileEvent[]]
  /** `containers` are those whose events may be lost; undefined means all. */
  fileEventsLost: [cause: EventLossCause, containers?: readonly ContainerInfoMessage[]]
  /** A program in memory, or a script, started. ProgramStarts takes over the descriptors. */
  programStarted: [start: ProgramStart]
  programStartsLost: []
  scheduleDue: []
  /** A different scan configuration is active. */
  configChanged: [config: ScanConfig]
  /** clamd serves a different generation; `isFirst` when none was known before. */
  generationLoaded: [generation: string, isFirst: boolean]
  /** The self-test ended; `failures` are reasons by failed part. */
  selfTested: [failures: ReadonlyMap<string, string>]
  /** Pods, containers, or facts that the node status contains. */
  inventoryChanged: []
  backendResponded: [headers: IncomingHttpHeaders]
}

/**
 * Connects the parts of the scanner process. It is created before all of them, so no part needs another one to exist.
 * Listeners run synchronously in the order of subscription.
 */
export class ScannerEvents extends EventEmitter<ScannerEventMap> {}
