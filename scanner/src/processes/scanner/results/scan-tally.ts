import type { NotScanned } from '../../../sources/found-file.js'
import { CoverageList } from './coverage-list.js'
import type { FileOutcome } from './file-outcome.js'
import type { FindingFacts } from './finding-facts.js'

/** Sums up the files of one scan. */
export class ScanTally {
  readonly startedAtMs = Date.now()
  readonly #coverage = new CoverageList()
  #unreported: FindingFacts[] = []
  #findings = 0
  #filesScanned = 0
  #filesCached = 0
  #bytesScanned = 0

  addFile(outcome: FileOutcome): void {
    this.#addFindings(outcome.findings)
    this.#bytesScanned += outcome.bytesScanned
    for (const gap of outcome.gaps) this.addNotScanned(gap)
    if (outcome.gaps.length > 0) return
    if (outcome.isCached) this.#filesCached += 1
    else this.#filesScanned += 1
  }

  addNotScanned(entry: NotScanned): void {
    this.#coverage.add(entry)
  }

  /** Returns the findings since the last call, and removes them. */
  drainFindings(): readonly FindingFacts[] {
    const drained = this.#unreported
    this.#unreported = []
    return drained
  }

  /** Number of findings that `drainFindings` would return. */
  get unreportedFindings(): number {
    return this.#unreported.length
  }

  get counts() {
    return { filesScanned: this.#filesScanned, filesCached: this.#filesCached, bytesScanned: this.#bytesScanned }
  }

  /** Number of all findings, drained or not. */
  get findings(): number {
    return this.#findings
  }

  get filesNotScanned(): number {
    return this.#coverage.files
  }

  notScanned(): readonly NotScanned[] {
    return this.#coverage.list()
  }

  #addFindings(findings: readonly FindingFacts[]): void {
    this.#unreported.push(...findings)
    this.#findings += findings.length
  }
}
