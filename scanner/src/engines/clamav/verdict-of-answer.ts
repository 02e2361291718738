import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import { meaningOfSignature } from '@guardimesh/contracts/detection/signature-meaning'
import type { Verdict } from '../engine.js'
import { formatOfSignature } from '../formats/format-signatures.js'
import type { ClamdAnswer } from './clamd-protocol.js'

/** Alerts of clamd for contents that it did not scan completely (`AlertExceedsMax`, `AlertEncrypted` of clamd.conf). First match wins. */
const NOT_SCANNED_ALERTS: readonly { readonly name: RegExp; readonly reason: CoverageReasonName }[] = [
  { name: /^Heuristics\.Limits\.Exceeded\.Max(FileSize|FileLen)/i, reason: 'too_large' },
  // clamd stops in the middle of the content.
  { name: /^Heuristics\.Limits\.Exceeded\.MaxScanSize/i, reason: 'partially_scanned' },
  { name: /^Heuristics\.Limits\.Exceeded\.MaxScanTime/i, reason: 'timeout' },
  // Depth, number of files and similar limits: possibly an archive bomb.
  { name: /^Heuristics\.Limits\.Exceeded/i, reason: 'budget_exhausted' },
  { name: /^Heuristics\.Encrypted/i, reason: 'encrypted' },
]

/** Errors of clamd about size limits (`StreamMaxLength`, `MaxFileSize`). */
const SIZE_ERROR = /size limit exceeded|CL_EMAXSIZE|file too large/i
const TIME_ERROR = /time limit reached|timed? ?out|CL_ETIMEOUT/i

/** Converts clamd's answer to a verdict. Pure. */
export function verdictOfAnswer(answer: ClamdAnswer, engineVersion: string): Verdict {
  if (answer.kind === 'ok') return { kind: 'clean' }
  if (answer.kind === 'error') return { kind: 'not-scanned', reason: reasonOfError(answer.message), detail: `clamd: ${answer.message}` }
  const { signatureName } = answer
  const limit = NOT_SCANNED_ALERTS.find(({ name }) => name.test(signatureName))
  if (limit) return { kind: 'not-scanned', reason: limit.reason, detail: `clamd: ${signatureName}` }
  const format = formatOfSignature(signatureName)
  if (format) return { kind: 'not-scanned', reason: 'unsupported_format', detail: `a member in the format ${format}: no engine unpacks it` }
  return { kind: 'infected', matches: [{ signatureName, engine: 'clamav', engineVersion, ...meaningOfSignature(signatureName) }] }
}

function reasonOfError(message: string): CoverageReasonName {
  if (SIZE_ERROR.test(message)) return 'too_large'
  return TIME_ERROR.test(message) ? 'timeout' : 'engine_error'
}
