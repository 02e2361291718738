import { LRUCache } from 'lru-cache'
import type { NotScanned } from '../../../sources/found-file.js'

/** Entries that are remembered, of all containers together: a container has at most a few hundred. */
const REMEMBERED_MAX = 20_000

/** Remembers which entries of coverage were told, so that a scan repeats only what changed. A restart tells them once more. */
export class CoverageMemory {
  readonly #told = new LRUCache<string, string>({ max: REMEMBERED_MAX })

  /** The entries that are new for this container, or differ from what was told. */
  unknown(containerId: string, entries: readonly NotScanned[]): readonly NotScanned[] {
    return entries.filter((entry) => this.#told.get(keyOf(containerId, entry)) !== contentOf(entry))
  }

  /** The spool has these. */
  told(containerId: string, entries: readonly NotScanned[]): void {
    for (const entry of entries) this.#told.set(keyOf(containerId, entry), contentOf(entry))
  }
}

function keyOf(containerId: string, { reason, path }: NotScanned): string {
  return `${containerId} ${reason} ${path.toString('latin1')}`
}

function contentOf({ count, sizeBytes, detail }: NotScanned): string {
  return `${count} ${sizeBytes} ${detail}`
}
