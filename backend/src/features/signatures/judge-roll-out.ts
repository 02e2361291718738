import { MINUTE_MS, type NodeSignatures, type RollOut, type SignatureSettings } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'

/** Limits for the reason, which has at most 1,000 characters: paths may have 4,096 bytes. */
const PATH_MAX_LENGTH = 200
const REFUSAL_MAX_LENGTH = 500

/** Detections of signatures without an earlier finding. */
export interface NewDetections {
  /** Distinct files that such signatures detected on canary nodes. */
  readonly files: number
  /** The signature with most files, and an example; undefined without detections. */
  readonly most:
    | { readonly signatureName: string; readonly files: number; readonly path: string; readonly pod: string; readonly nodeName: string }
    | undefined
}

/** Input for judging a rollout. */
export interface RollOutEvidence {
  readonly rollOut: RollOut
  readonly canary: SignatureSettings['canary']
  /** Reporting canary nodes. */
  readonly nodes: readonly Pick<NodeSignatures, 'nodeName' | 'generation' | 'refusedGeneration' | 'refusal'>[]
  /** Time since a canary node first reported the candidate as loaded; undefined if none did. */
  readonly loadedForMs: number | undefined
  readonly detections: NewDetections
}

/** What to do, and why. */
export interface RollOutVerdict {
  readonly action: 'wait' | 'hold' | 'promote'
  readonly reason: string
}

/** Decides whether to hold or promote a rollout. Reasons to hold take precedence over the observation period. Pure. */
export function judgeRollOut(evidence: RollOutEvidence): RollOutVerdict {
  const { rollOut, canary, nodes, loadedForMs } = evidence
  if (rollOut.state === 'held') return { action: 'wait', reason: 'held until a user promotes or discards it' }
  const against = refusal(evidence) ?? tooManyDetections(evidence)
  if (against !== undefined) return { action: 'hold', reason: against }
  if (loadedForMs === undefined) return { action: 'wait', reason: 'no canary node has loaded it yet' }
  if (!nodes.some(({ generation }) => generation === rollOut.generation))
    return { action: 'wait', reason: 'all canary nodes that loaded it are silent or have another generation' }
  const soakMs = canary.soakMinutes * MINUTE_MS
  if (loadedForMs < soakMs) return { action: 'wait', reason: `observation period of ${canary.soakMinutes} min` }
  return {
    action: 'promote',
    reason: `no problems on its canary nodes in the observation period of ${canary.soakMinutes} min`,
  }
}

function refusal({ rollOut, nodes }: RollOutEvidence): string | undefined {
  const refusing = nodes.filter(({ refusedGeneration }) => refusedGeneration === rollOut.generation)
  const [first] = refusing
  if (!first) return undefined
  const others = refusing.length > 1 ? ` (and ${refusing.length - 1} more)` : ''
  return `Node ${first.nodeName}${others} rejected it: ${first.refusal.slice(0, REFUSAL_MAX_LENGTH)}`
}

function tooManyDetections({ canary, detections: { files, most } }: RollOutEvidence): string | undefined {
  if (files < canary.holdAfterDetections || !most) return undefined
  const { signatureName, path, pod, nodeName } = most
  return (
    `Signatures without a finding in the previous 7 days detected ${formatCount(files, 'file')} on its canary nodes (threshold: ${canary.holdAfterDetections}): ` +
    `${signatureName} detected ${most.files}, for example ${path.slice(0, PATH_MAX_LENGTH)} in pod ${pod} on ${nodeName}. ` +
    'Check these findings: discard the generation if they are false positives, otherwise promote it.'
  )
}
