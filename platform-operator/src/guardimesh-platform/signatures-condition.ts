import type { RollOut, SignatureImport } from '@guardimesh/contracts'
import { type ConditionState, conditionFalse, conditionTrue } from '../reconcile/condition-state.js'
import type { PolledStatus } from '../signature-status/polled-status.js'

/**
 * What the signature server's own words mean for the platform. Neither a refusal nor a held roll-out stops anything: the old generation stays.
 * What waits for a person's decision is told first. Pure.
 */
export function signaturesCondition(answer: PolledStatus): ConditionState {
  if (answer.kind === 'unknown')
    return { status: 'Unknown', reason: 'Unreachable', message: 'The signature server has not been asked yet.' }
  if (answer.kind === 'unreachable') return conditionFalse('Unreachable', `The signature server gives no answer: ${answer.reason}`)
  const { activeGeneration, imports, rollOut } = answer.status
  if (activeGeneration === '') return conditionFalse('SignaturesMissing', 'There are no signatures yet: copy some to the signature server.')
  if (rollOut?.state === 'held') return conditionTrue(heldText(rollOut, activeGeneration), 'SignaturesHeld')
  const newest = imports.find(({ state }) => state === 'published' || state === 'refused')
  if (newest?.state === 'refused')
    return conditionTrue(`${rejectedText(newest)} Generation ${activeGeneration} stays in force.`, 'SignaturesRefused')
  const canary = rollOut ? ` Generation ${rollOut.generation} is tried on ${nodesText(rollOut)} first.` : ''
  return conditionTrue(`Generation ${activeGeneration} is offered to the nodes.${canary}`)
}

/** A sentence about signatures that were not taken. Pure. */
export function rejectedText({ files, check, message }: SignatureImport): string {
  return `${files.slice(0, 5).join(', ')} refused by the check ${check}: ${message}`
}

/** Sentences about a roll-out that waits for a person. Pure. */
export function heldText(rollOut: RollOut, activeGeneration: string): string {
  const why = rollOut.reason === '' ? 'no reason was given' : rollOut.reason.replace(/\.$/, '')
  return `Generation ${rollOut.generation} goes no further than ${nodesText(rollOut)}: ${why}. All other nodes keep ${activeGeneration}. Promote or discard it: page Signatures of the console, or guardimesh signatures roll-out.`
}

const NAMED_NODES = 3

function nodesText({ nodes }: RollOut): string {
  const named = nodes.slice(0, NAMED_NODES).join(', ')
  return nodes.length > NAMED_NODES ? `${named} and ${nodes.length - NAMED_NODES} more nodes` : named || 'no node'
}
