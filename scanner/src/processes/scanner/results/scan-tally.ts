import type { NotScanned } from '../../../sources/found-file.js'
import { CoverageList } from './coverage-list.js'
import type { FindingFacts } from './finding-facts.js'
import type { FileOutcome } from '../scans/retrying-scanner.js'

/** Adds up the files of one scan. */
export class ScanTally {
  readonly startedAtMs = Date.now()
  readonly #coverage = new CoverageList()
  #waiting: FindingFacts[] = []
  #findings = 0
  #filesScanned = 0
  #filesCached = 0
  #bytesScanned = 0

  addFile(outcome: FileOutcome): void {
    this.addFindings(outcome.findings)
    if (outcome.notScanned) this.addNotScanned(outcome.notScanned)
    else if (outcome.isCached) this.#filesCached += 1
    else this.#filesScanned += 1
    this.#bytesScanned += outcome.bytesScanned
  }

  addFindings(findings: readonly FindingFacts[]): void {
    this.#waiting.push(...findings)
    this.#findings += findings.length
  }

  addNotScanned(entry: NotScanned): void {
    this.#coverage.add(entry)
  }

  /** Findings since the last call. */
  takeFindings(): readonly FindingFacts[] {
    const taken = this.#waiting
    this.#waiting = []
    return taken
  }

  get waitingFindings(): number {
    return this.#waiting.length
  }

  get counts() {
    return { filesScanned: this.#filesScanned, filesCached: this.#filesCached, bytesScanned: this.#bytesScanned }
  }

  /** Findings in all, told before or not. */
  get findings(): number {
    return this.#findings
  }

  get filesNotScanned(): number {
    return this.#coverage.files
  }

  notScanned(): readonly NotScanned[] {
    return this.#coverage.list()
  }
}
