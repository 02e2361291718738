import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { NotScanned } from '../../../sources/found-file.js'

/** Entries for single files in one scan; all further files are counted by reason. */
export const COVERAGE_FILES_MAX = 200

/** Collects the files that a scan skipped: single entries up to COVERAGE_FILES_MAX, then one entry with a count for each reason. */
export class CoverageList {
  readonly #entries: NotScanned[] = []
  readonly #overflow = new Map<CoverageReasonName, NotScanned>()
  #files = 0

  add(entry: NotScanned): void {
    this.#files += entry.count
    if (this.#entries.length < COVERAGE_FILES_MAX) {
      this.#entries.push(entry)
      return
    }
    const known = this.#overflow.get(entry.reason)
    this.#overflow.set(entry.reason, {
      reason: entry.reason,
      path: Buffer.alloc(0),
      count: (known?.count ?? 0) + entry.count,
      sizeBytes: (known?.sizeBytes ?? 0) + entry.sizeBytes,
      detail: `more than ${COVERAGE_FILES_MAX} files were not scanned; this entry counts the others`,
    })
  }

  /** Number of files that were not scanned. */
  get files(): number {
    return this.#files
  }

  list(): readonly NotScanned[] {
    return [...this.#entries, ...this.#overflow.values()]
  }
}
