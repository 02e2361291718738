import { MINUTE_MS, type NodeSignatures, type RollOut, type SignatureSettings } from '@guardimesh/contracts'

/** Paths may have 4,096 bytes, a reason 1,000 characters. */
const PATH_MAX_LENGTH = 200
const REFUSAL_MAX_LENGTH = 500

/** What a signature that had found nothing before detected most. */
export interface NewDetections {
  /** Distinct files that such signatures detected on canary nodes. */
  readonly files: number
  /** The one with most files, and an example of them; undefined when there are none. */
  readonly most:
    | { readonly signatureName: string; readonly files: number; readonly path: string; readonly pod: string; readonly nodeName: string }
    | undefined
}

/** All that a roll-out is judged by. */
export interface RollOutEvidence {
  readonly rollOut: RollOut
  readonly canary: SignatureSettings['canary']
  /** The canary nodes that report now. */
  readonly nodes: readonly Pick<NodeSignatures, 'nodeName' | 'generation' | 'refusedGeneration' | 'refusal'>[]
  /** How long ago a canary node first said that it has the new generation loaded; undefined when none did. */
  readonly loadedForMs: number | undefined
  readonly detections: NewDetections
}

/** What is to be done, and why, one sentence. */
export interface RollOutVerdict {
  readonly action: 'wait' | 'hold' | 'promote'
  readonly reason: string
}

/** Decides what becomes of a roll-out. What speaks against it comes first, whatever the time. Pure. */
export function judgeRollOut(evidence: RollOutEvidence): RollOutVerdict {
  const { rollOut, canary, nodes, loadedForMs } = evidence
  if (rollOut.state === 'held') return { action: 'wait', reason: 'it is held until a person says how it goes on' }
  const against = refusal(evidence) ?? tooManyDetections(evidence)
  if (against !== undefined) return { action: 'hold', reason: against }
  if (loadedForMs === undefined) return { action: 'wait', reason: 'no canary node has loaded it yet' }
  if (!nodes.some(({ generation }) => generation === rollOut.generation))
    return { action: 'wait', reason: 'no canary node that has it loaded reports any more' }
  const soakMs = canary.soakMinutes * MINUTE_MS
  if (loadedForMs < soakMs) return { action: 'wait', reason: `canary nodes are watched for ${canary.soakMinutes} min` }
  return {
    action: 'promote',
    reason: `its canary nodes were watched for ${canary.soakMinutes} min, and nothing spoke against it`,
  }
}

function refusal({ rollOut, nodes }: RollOutEvidence): string | undefined {
  const refusing = nodes.filter(({ refusedGeneration }) => refusedGeneration === rollOut.generation)
  const [first] = refusing
  if (!first) return undefined
  const others = refusing.length > 1 ? ` (and ${refusing.length - 1} more)` : ''
  return `The node ${first.nodeName}${others} refused it: ${first.refusal.slice(0, REFUSAL_MAX_LENGTH)}`
}

function tooManyDetections({ canary, detections: { files, most } }: RollOutEvidence): string | undefined {
  if (files < canary.holdAfterDetections || !most) return undefined
  const { signatureName, path, pod, nodeName } = most
  return (
    `Signatures that had found nothing in the 7 days before detect ${files} ${files === 1 ? 'file' : 'files'} on its canary nodes (${canary.holdAfterDetections} hold it): ` +
    `${signatureName} ${most.files} of them, for example ${path.slice(0, PATH_MAX_LENGTH)} in pod ${pod} on ${nodeName}. ` +
    'Look at these findings: discard the generation when they are wrong, promote it when they are right.'
  )
}
