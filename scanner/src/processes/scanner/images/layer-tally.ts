import {
  type ImageLayerFinding,
  type ImageLayerNotScanned,
  type ImageLayerResult,
  IMAGE_LAYER_LIMITS as LIMITS,
} from '@guardimesh/contracts/http/image-layers'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { NotScanned } from '../../../sources/found-file.js'
import { cutText } from '../reporting/build-result.js'
import type { FileOutcome } from '../results/file-outcome.js'
import type { FindingFacts } from '../results/finding-facts.js'

/** Collects the outcome of a layer's scan, within the limits of a result. */
export class LayerTally {
  readonly #findings: ImageLayerFinding[] = []
  readonly #notScanned: ImageLayerNotScanned[] = []
  #findingCount = 0
  #filesScanned = 0
  #filesNotScanned = 0
  #unlistedNotScanned = 0
  #bytesScanned = 0

  /** @param sizeBytes of the file: a cached verdict counts as well, so that bytes show the progress. */
  addFile(outcome: FileOutcome, sizeBytes: number): void {
    for (const finding of outcome.findings) this.#addFinding(finding)
    for (const gap of outcome.gaps) this.addNotScanned(gap)
    if (outcome.gaps.length === 0) this.#filesScanned += 1
    this.#bytesScanned += sizeBytes
  }

  addNotScanned({ path, reason, count, sizeBytes, detail }: NotScanned): void {
    this.#filesNotScanned += count
    if (this.#notScanned.length >= LIMITS.notScanned - 2) this.#unlistedNotScanned += count
    else this.#notScanned.push({ path: base64Of(path), reason, count, sizeBytes, detail: cutText(detail, INGEST_LIMITS.sentenceBytes) })
  }

  /** The result so far. */
  result(): ImageLayerResult {
    const unlisted = [
      furtherFiles(this.#unlistedNotScanned, 'further files of this layer were not scanned; the list is limited'),
      furtherFiles(this.#findingCount - this.#findings.length, 'further findings in this layer are not listed'),
    ]
    return {
      filesScanned: this.#filesScanned,
      filesNotScanned: this.#filesNotScanned,
      bytesScanned: this.#bytesScanned,
      findingCount: this.#findingCount,
      findings: [...this.#findings],
      notScanned: [...this.#notScanned, ...unlisted.flat()],
    }
  }

  #addFinding(finding: FindingFacts): void {
    this.#findingCount += 1
    if (this.#findings.length >= LIMITS.findings) return
    const { severity, sizeBytes, ownerUid, ownerGid, mode } = finding
    this.#findings.push({
      ...{ severity, sizeBytes, ownerUid, ownerGid, mode },
      path: base64Of(finding.path),
      signatureName: cutText(finding.signatureName, INGEST_LIMITS.signatureNameBytes),
      engine: cutText(finding.engine, INGEST_LIMITS.shortBytes),
      engineVersion: cutText(finding.engineVersion, INGEST_LIMITS.idBytes),
      description: cutText(finding.description, INGEST_LIMITS.descriptionBytes),
      sha256: Buffer.from(finding.sha256).toString('hex'),
      modifiedAtMs: Math.trunc(finding.modifiedAtMs),
      changedAtMs: Math.trunc(finding.changedAtMs),
    })
  }
}

function base64Of(path: Uint8Array): string {
  return Buffer.from(path.subarray(0, INGEST_LIMITS.pathBytes)).toString('base64')
}

function furtherFiles(count: number, what: string): ImageLayerNotScanned[] {
  return count === 0 ? [] : [{ path: '', reason: 'budget_exhausted', count, sizeBytes: 0, detail: `${count} ${what}` }]
}
