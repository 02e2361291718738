import { LRUCache } from 'lru-cache'
import type { NotScanned } from '../../../sources/found-file.js'

/** Remembered entries of all containers together: a container has at most a few hundred. */
const ENTRIES_MAX = 20_000

/** Remembers which coverage entries were reported, so that a scan reports only changes. After a restart all entries are reported again. */
export class CoverageMemory {
  readonly #reported = new LRUCache<string, string>({ max: ENTRIES_MAX })

  /**
   * Claims entries for reporting, so that concurrent reports of one container do not repeat them.
   *
   * @returns the entries that were not reported for this container, or changed since.
   */
  claim(containerId: string, entries: readonly NotScanned[]): readonly NotScanned[] {
    const unreported = entries.filter((entry) => this.#reported.get(keyOf(containerId, entry)) !== contentOf(entry))
    for (const entry of unreported) this.#reported.set(keyOf(containerId, entry), contentOf(entry))
    return unreported
  }

  /** Forgets claimed entries that could not be reported. */
  release(containerId: string, entries: readonly NotScanned[]): void {
    for (const entry of entries)
      if (this.#reported.get(keyOf(containerId, entry)) === contentOf(entry)) this.#reported.delete(keyOf(containerId, entry))
  }
}

function keyOf(containerId: string, { reason, path }: NotScanned): string {
  return `${containerId} ${reason} ${path.toString('latin1')}`
}

function contentOf({ count, sizeBytes, detail }: NotScanned): string {
  return `${count} ${sizeBytes} ${detail}`
}
