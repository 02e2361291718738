import type { ScanTally } from '../results/scan-tally.js'
import type { ContainerScanRequest } from './container-scanner.js'

interface QueuedScan extends ContainerScanRequest {
  readonly done: PromiseWithResolvers<ScanTally>
}

/** Containers that are scanned at a time. Their files share the node's budget anyway; the second one fills the gaps of the first. */
const CONCURRENT_CONTAINERS = 2

/** Scans containers in the order of their requests. A request that equals a waiting one shares its scan. */
export class ScanQueue {
  readonly #scan: (request: ContainerScanRequest) => Promise<ScanTally>
  readonly #waiting: QueuedScan[] = []
  #active = 0

  constructor(scan: (request: ContainerScanRequest) => Promise<ScanTally>) {
    this.#scan = scan
  }

  /** Resolves when the container was scanned. @throws the errors of the scan. */
  add(request: ContainerScanRequest): Promise<ScanTally> {
    const same = this.#waiting.find(
      ({ container, trigger, ignoreCache, mountIds }) =>
        !mountIds &&
        !request.mountIds &&
        container.containerId === request.container.containerId &&
        trigger === request.trigger &&
        ignoreCache === request.ignoreCache,
    )
    if (same) return same.done.promise
    const done = Promise.withResolvers<ScanTally>()
    // Single mounts are scanned quickly, and may be gone soon.
    if (request.mountIds) this.#waiting.unshift({ ...request, done })
    else this.#waiting.push({ ...request, done })
    this.#start()
    return done.promise
  }

  #start(): void {
    while (this.#active < CONCURRENT_CONTAINERS) {
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
