import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { VERSION } from '@guardimesh/kit'
import { cutText } from '../reporting/build-result.js'

/** What the verdicts of a node depend on. Nodes share results with equal conditions only. */
export interface VerdictConditions {
  readonly signatureGeneration: string
  /** Version and settings of the scanner. */
  readonly ruleVersion: string
}

/** Returns the conditions now. Pure. @param generation empty until clamd has loaded one. */
export function verdictConditions(generation: string, { maxFileSizeBytes, features }: ScanConfig): VerdictConditions {
  const rules = features.obfuscation ? 'with' : 'without'
  return {
    signatureGeneration: cutText(generation, INGEST_LIMITS.idBytes),
    ruleVersion: cutText(`${VERSION}, files up to ${maxFileSizeBytes} bytes, ${rules} obfuscation rules`, INGEST_LIMITS.idBytes),
  }
}

export function isSameConditions(one: VerdictConditions, other: VerdictConditions): boolean {
  return one.signatureGeneration === other.signatureGeneration && one.ruleVersion === other.ruleVersion
}
