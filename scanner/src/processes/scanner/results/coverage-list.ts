import type { CoverageReasonName } from '@guardimesh/contracts'
import type { NotScanned } from '../../../sources/found-file.js'

/** Entries of single files in one scan; the rest is counted by reason. */
export const COVERAGE_FILES_MAX = 200

/** Gathers what a scan did not look at: single files up to a bound, then one entry with the count for each reason. */
export class CoverageList {
  readonly #entries: NotScanned[] = []
  readonly #rest = new Map<CoverageReasonName, NotScanned>()
  #files = 0

  add(entry: NotScanned): void {
    this.#files += entry.count
    if (this.#entries.length < COVERAGE_FILES_MAX) {
      this.#entries.push(entry)
      return
    }
    const known = this.#rest.get(entry.reason)
    this.#rest.set(entry.reason, {
      reason: entry.reason,
      path: Buffer.alloc(0),
      count: (known?.count ?? 0) + entry.count,
      sizeBytes: (known?.sizeBytes ?? 0) + entry.sizeBytes,
      detail: `more than ${COVERAGE_FILES_MAX} files were not scanned; this entry counts the others`,
    })
  }

  /** Files that were not scanned. */
  get files(): number {
    return this.#files
  }

  list(): readonly NotScanned[] {
    return [...this.#entries, ...this.#rest.values()]
  }
}
