import type { RuntimeEvent } from '../../node/cri-client.js'

/** A runtime lists a container as running for a moment after the event of its end. */
const ATTEMPTS_MAX = 20

/** Events of ends that the runtime's own list does not show yet. */
export class EndedEvents {
  readonly #waiting = new Map<string, { readonly event: RuntimeEvent; readonly attempts: number }>()
  readonly #taken = new Map<string, number>()

  get isWaiting(): boolean {
    return this.#waiting.size > 0
  }

  /** Removes the waiting events. @returns them together with new ones. */
  takeWith(events: readonly RuntimeEvent[]): readonly RuntimeEvent[] {
    const newIds = new Set(events.map(({ containerId }) => containerId))
    const earlier = [...this.#waiting.values()].filter(({ event }) => !newIds.has(event.containerId))
    this.#waiting.clear()
    this.#taken.clear()
    for (const { event, attempts } of earlier) this.#taken.set(event.containerId, attempts)
    return [...earlier.map(({ event }) => event), ...events]
  }

  /** Keeps an event for the next `takeWith`. Events of starts, and those that waited for long, are dropped. */
  putBack(event: RuntimeEvent): void {
    const attempts = (this.#taken.get(event.containerId) ?? 0) + 1
    if (event.kind === 'ended' && attempts < ATTEMPTS_MAX) this.#waiting.set(event.containerId, { event, attempts })
  }
}
