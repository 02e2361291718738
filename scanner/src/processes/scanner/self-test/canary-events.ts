import { SECOND_MS } from '@guardimesh/contracts/units'
import { messageOf, sleep } from '@guardimesh/kit'
import { CANARY_VOLUME, CanaryContainer } from '../../../node/canary-container.js'
import type { FileEvents } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { Watch } from '../../../node/fanotify-marks.js'
import { readMounts } from '../../../node/mounts.js'
import { CANARY_NAME } from './canary-file.js'

/** Where a canary is written: the two kinds of file systems of containers that are watched. */
export const WATCHED_PARTS = ['layer', 'volume'] as const
export type WatchedPart = (typeof WATCHED_PARTS)[number]

/** What became of one write: its event, or why there is none. */
export type WriteOutcome = { readonly event: FileEvent } | { readonly failure: string; readonly isMissing: boolean }

/** Events arrive within milliseconds; a busy node may read them later. */
const EVENT_TIMEOUT_MS = 10 * SECOND_MS
/** The kernel's queue is read several times within this time. */
const QUEUED_EVENTS_MS = SECOND_MS / 4
const FOLDERS: Readonly<Record<WatchedPart, string>> = { layer: '/', volume: `${CANARY_VOLUME}/` }

interface Awaited {
  readonly part: WatchedPart
  readonly watch: Watch
  readonly arrived: PromiseWithResolvers<FileEvent>
}

/** Writes the canary in a canary container that is watched like every container, and waits for the events. */
export class CanaryEvents {
  readonly #hostRoot: string
  readonly #fileEvents: FileEvents | undefined
  #awaited: readonly Awaited[] = []
  /** Events of the current write. */
  #arrived: FileEvent[] = []

  constructor(hostRoot: string, fileEvents: FileEvents | undefined) {
    this.#hostRoot = hostRoot
    this.#fileEvents = fileEvents
  }

  /** Takes over the events of the canary. @returns the other ones. */
  withoutCanary(events: readonly FileEvent[]): readonly FileEvent[] {
    if (this.#awaited.length === 0) return events
    return events.filter((event) => !this.#take(event))
  }

  /** @returns the outcome by part; the caller closes the events. @throws the signal's reason. */
  async write(content: Buffer, signal: AbortSignal): Promise<ReadonlyMap<WatchedPart, WriteOutcome>> {
    this.#arrived = []
    try {
      if (!this.#fileEvents) throw new Error('the kernel of this node rejects file events (fanotify)')
      using container = await CanaryContainer.start(signal)
      try {
        return await this.#writeIn(container, this.#fileEvents, content, signal)
      } finally {
        // Events that were queued before the marks were removed. While the container exists, its devices are those of no other one.
        await sleep(QUEUED_EVENTS_MS)
        this.#awaited = []
      }
    } catch (error) {
      for (const event of this.#arrived) event.close()
      signal.throwIfAborted()
      const outcome = { failure: messageOf(error), isMissing: false }
      return new Map(WATCHED_PARTS.map((part) => [part, outcome]))
    }
  }

  async #writeIn(container: CanaryContainer, fileEvents: FileEvents, content: Buffer, signal: AbortSignal) {
    const { pid } = container
    using cleanUp = new DisposableStack()
    const watched = (watch: Watch) => cleanUp.adopt(watch, () => fileEvents.unwatch(watch))
    const volume = readMounts(this.#hostRoot, pid)?.find(({ mountPoint }) => mountPoint.toString() === CANARY_VOLUME)
    if (!volume) throw new Error('the volume of the canary container is not mounted')
    const watches = { layer: watched(fileEvents.watchContainer(pid)), volume: watched(fileEvents.watchMount(pid, volume, 'mount')) }
    const awaited = WATCHED_PARTS.map((part) => ({ part, watch: watches[part], arrived: Promise.withResolvers<FileEvent>() }))
    this.#awaited = awaited
    for (const part of WATCHED_PARTS) await container.write({ path: `${FOLDERS[part]}${CANARY_NAME}`, content })
    const outcomes = await outcomesOf(awaited, signal)
    signal.throwIfAborted()
    return outcomes
  }

  #take(event: FileEvent): boolean {
    const awaited = this.#awaited.find(({ watch }) => watch.device === event.device)
    if (!awaited) return false
    // The write may also cause modification events, before and after.
    if (event.kind !== 'written' || this.#arrived.some(({ device }) => device === event.device)) event.close()
    else {
      this.#arrived.push(event)
      awaited.arrived.resolve(event)
    }
    return true
  }
}

async function outcomesOf(parts: readonly Awaited[], signal: AbortSignal): Promise<ReadonlyMap<WatchedPart, WriteOutcome>> {
  const ended = new AbortController()
  const late = sleep(EVENT_TIMEOUT_MS, AbortSignal.any([signal, ended.signal])).then(() => undefined)
  const outcomes = parts.map(async ({ part, arrived }): Promise<[WatchedPart, WriteOutcome]> => {
    const event = await Promise.race([arrived.promise, late])
    const failure = `no event of a write to a ${part} of a container within ${EVENT_TIMEOUT_MS / SECOND_MS} s`
    return [part, event ? { event } : { failure, isMissing: true }]
  })
  const all = new Map(await Promise.all(outcomes))
  ended.abort()
  return all
}
