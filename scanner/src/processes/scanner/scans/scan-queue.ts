import type { ContainerInfoMessage, ScanTriggerName } from '@guardimesh/contracts'
import type { ScanTally } from '../results/scan-tally.js'

export interface QueuedScan {
  readonly container: ContainerInfoMessage
  readonly trigger: ScanTriggerName
  readonly ignoreCache: boolean
}

interface Waiting extends QueuedScan {
  readonly done: PromiseWithResolvers<ScanTally>
}

/** Containers at the same time. Files share the node's budget anyhow; the second one uses the gaps of the first. */
const CONTAINERS_AT_ONCE = 2

/** Scans containers in the order asked for. Who asks for a container that already waits for the same reason shares its scan. */
export class ScanQueue {
  readonly #scan: (scan: QueuedScan) => Promise<ScanTally>
  readonly #waiting: Waiting[] = []
  #active = 0

  constructor(scan: (scan: QueuedScan) => Promise<ScanTally>) {
    this.#scan = scan
  }

  get length(): number {
    return this.#waiting.length + this.#active
  }

  /** @returns when the container was scanned. @throws what the scan throws. */
  add(scan: QueuedScan): Promise<ScanTally> {
    const same = this.#waiting.find(
      ({ container, trigger, ignoreCache }) =>
        container.containerId === scan.container.containerId && trigger === scan.trigger && ignoreCache === scan.ignoreCache,
    )
    if (same) return same.done.promise
    const done = Promise.withResolvers<ScanTally>()
    this.#waiting.push({ ...scan, done })
    this.#start()
    return done.promise
  }

  #start(): void {
    while (this.#active < CONTAINERS_AT_ONCE) {
      const next = this.#waiting.shift()
      if (!next) return
      this.#active += 1
      this.#scan(next)
        .then(next.done.resolve, next.done.reject)
        .finally(() => {
          this.#active -= 1
          this.#start()
        })
    }
  }
}
