import type { RollOut, SignatureImport } from '@guardimesh/contracts'
import { listFirst } from '@guardimesh/kit'
import { type ConditionState, conditionFalse, conditionTrue } from '../reconcile/condition-state.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { trustedKeysDifference } from './trusted-keys.js'

/**
 * Builds SignaturesReady from the status of the signature server. A rejected import and a held rollout leave it true, because the active
 * generation stays in use; a held rollout is reported first, because it needs a decision. Pure.
 *
 * @param trustedKeys PEM of the spec. Until the signature server has loaded exactly these, it would reject bundles that the spec accepts.
 */
export function signaturesCondition(polled: PolledStatus, trustedKeys: readonly string[]): ConditionState {
  if (polled.kind === 'unknown')
    return { status: 'Unknown', reason: 'Unreachable', message: 'The signature server has not been polled yet.' }
  if (polled.kind === 'unreachable') return conditionFalse('Unreachable', `Failed to reach the signature server: ${polled.reason}`)
  const { activeGeneration, imports, rollOut } = polled.status
  const difference = trustedKeysDifference(trustedKeys, polled.status.trustedKeys)
  if (difference !== undefined) return conditionFalse('RollingOut', difference)
  if (activeGeneration === '')
    return conditionFalse('SignaturesMissing', 'No signatures have been imported. Import signature databases into the signature server.')
  if (rollOut?.state === 'held') return conditionTrue(heldText(rollOut, activeGeneration), 'SignaturesHeld')
  const newest = imports.find(({ state }) => state === 'published' || state === 'refused')
  if (newest?.state === 'refused')
    return conditionTrue(`${rejectedText(newest)} Generation ${activeGeneration} remains active.`, 'SignaturesRefused')
  const canary = rollOut ? ` Generation ${rollOut.generation} is rolling out to ${nodesText(rollOut)}.` : ''
  return conditionTrue(`Generation ${activeGeneration} is active.${canary}`)
}

const MAX_LISTED_FILES = 5

/** Names of imported files, cut off after a few. Pure. */
export function filesText({ files }: SignatureImport): string {
  return files.slice(0, MAX_LISTED_FILES).join(', ')
}

/** Describes a rejected import. Pure. */
export function rejectedText(rejected: SignatureImport): string {
  return `${filesText(rejected)} rejected by the check ${rejected.check}: ${rejected.message}`
}

/** Describes a held rollout and what to do about it. Pure. */
export function heldText(rollOut: RollOut, activeGeneration: string): string {
  const reason = rollOut.reason === '' ? 'no reason given' : rollOut.reason.replace(/\.$/, '')
  return `Rollout of generation ${rollOut.generation} is held on ${nodesText(rollOut)}: ${reason}. All other nodes keep generation ${activeGeneration}. Promote or discard it on the Signatures page of the console or with guardimesh signatures roll-out.`
}

const MAX_LISTED_NODES = 3

function nodesText({ nodes }: RollOut): string {
  return listFirst(nodes, MAX_LISTED_NODES, 'node') || 'no node'
}
