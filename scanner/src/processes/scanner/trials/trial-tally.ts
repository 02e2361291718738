import { RULE_TRIAL_LIMITS, type RuleTrialHit, type RuleTrialReason, type RuleTrialReport } from '@guardimesh/contracts/http/rule-trials'
import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { displayPath } from '@guardimesh/kit'
import { cutText } from '../reporting/build-result.js'

/** The location of a match. */
export interface TrialLocation {
  readonly container: ContainerInfoMessage
  readonly path: Buffer
  readonly layer: string
  readonly sizeBytes: number
}

/** Sums up the outcome of a rule trial on this node. */
export class TrialTally {
  readonly #hits: RuleTrialHit[] = []
  readonly #notScanned = new Map<RuleTrialReason, number>()
  #filesScanned = 0
  #bytesScanned = 0
  #hitCount = 0
  #files = 0

  /** Number of files that were found, scanned or not. */
  get files(): number {
    return this.#files
  }

  /** True while a further match is listed and not only counted. */
  get canListHit(): boolean {
    return this.#hits.length < RULE_TRIAL_LIMITS.hitsPerNode
  }

  addScanned(bytes: number): void {
    this.#files += 1
    this.#filesScanned += 1
    this.#bytesScanned += bytes
  }

  /** @param files 0 for a whole container. */
  addNotScanned(reason: RuleTrialReason, files: number): void {
    this.#files += files
    this.#notScanned.set(reason, (this.#notScanned.get(reason) ?? 0) + files)
  }

  /** @param sha256 of the whole file; undefined when it could not be read. */
  addHit(rule: string, { container, path, layer, sizeBytes }: TrialLocation, sha256: Uint8Array | undefined): void {
    this.#hitCount += 1
    if (!this.canListHit) return
    this.#hits.push({
      namespace: cutText(container.namespace, LIMITS.nameBytes),
      podName: cutText(container.podName, LIMITS.nameBytes),
      containerName: cutText(container.containerName, LIMITS.nameBytes),
      containerId: cutText(container.containerId, LIMITS.idBytes),
      image: cutText(container.image, LIMITS.imageBytes),
      path: cutText(displayPath(path), 4 * LIMITS.pathBytes),
      layer: cutText(layer, LIMITS.pathBytes),
      sha256: Buffer.from(sha256 ?? []).toString('hex'),
      sizeBytes,
      rule: cutText(rule, LIMITS.signatureNameBytes),
    })
  }

  /** The counts and matches of a report. */
  get sums(): Pick<RuleTrialReport, 'filesScanned' | 'bytesScanned' | 'notScanned' | 'hitCount' | 'hits'> {
    return {
      filesScanned: this.#filesScanned,
      bytesScanned: this.#bytesScanned,
      notScanned: [...this.#notScanned].map(([reason, files]) => ({ reason, files })),
      hitCount: this.#hitCount,
      hits: this.#hits,
    }
  }
}
