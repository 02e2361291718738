import {
  type ContainerInfoMessage,
  INGEST_LIMITS as LIMITS,
  RULE_TRIAL_LIMITS,
  type RuleTrialHit,
  type RuleTrialReason,
  type RuleTrialReport,
} from '@guardimesh/contracts'
import { displayPath } from '@guardimesh/kit'
import { cutText } from '../reporting/build-result.js'

/** Where a rule matched. */
export interface TrialPlace {
  readonly container: ContainerInfoMessage
  readonly path: Buffer
  readonly layer: string
  readonly sizeBytes: number
}

/** What a trial has come to on this node. */
export class TrialTally {
  readonly #hits: RuleTrialHit[] = []
  readonly #notScanned = new Map<RuleTrialReason, number>()
  #filesScanned = 0
  #bytesScanned = 0
  #hitCount = 0
  #files = 0

  /** Files that were met, looked at or not. */
  get files(): number {
    return this.#files
  }

  /** True while a further hit would be listed, not only counted. */
  get hasRoom(): boolean {
    return this.#hits.length < RULE_TRIAL_LIMITS.hitsPerNode
  }

  addLooked(bytes: number): void {
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
  addHit(rule: string, { container, path, layer, sizeBytes }: TrialPlace, sha256: Uint8Array | undefined): void {
    this.#hitCount += 1
    if (!this.hasRoom) return
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

  /** The numbers of a report. */
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
