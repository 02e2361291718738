import type { ScanSourceName, ScanTriggerName } from '@guardimesh/contracts/detection/scan-source'
import type { SeverityName } from '@guardimesh/contracts/detection/severity'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { NotScanned, ProcessFacts } from '../../../sources/found-file.js'

/** A finding before it is encoded for the wire. */
export interface FindingFacts {
  readonly signatureName: string
  /** As the container sees it, raw bytes. */
  readonly path: Uint8Array
  readonly scanSource: ScanSourceName
  /** 32 bytes; empty when the content could not be hashed. */
  readonly sha256: Uint8Array
  readonly sizeBytes: number
  readonly layer: string
  readonly ownerUid: number
  readonly ownerGid: number
  /** st_mode. */
  readonly mode: number
  readonly modifiedAtMs: number
  readonly changedAtMs: number
  readonly process?: ProcessFacts | undefined
  readonly engine: string
  readonly engineVersion: string
  readonly severity: SeverityName
  /** One sentence for the console. */
  readonly description: string
  readonly detectedAtMs: number
}

/** The outcome of one scan of one container. */
export interface ScanOutcome {
  readonly container: ContainerInfoMessage
  readonly trigger: ScanTriggerName
  readonly startedAtMs: number
  readonly finishedAtMs: number
  readonly filesScanned: number
  readonly bytesScanned: number
  readonly filesCached: number
  readonly findings: readonly FindingFacts[]
  readonly notScanned: readonly NotScanned[]
}
