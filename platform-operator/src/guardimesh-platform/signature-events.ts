import type { RollOut, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'
import type { Client } from '../kube/client.js'
import { createEvent, type EventDetails } from '../kube/events.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { heldText, rejectedText } from './signatures-condition.js'

/** Imports that ended longer ago are history: an event about them would come too late to help. */
const TOLD_WITHIN_MS = 30 * 60_000

/**
 * Tells each import that ended, and each roll-out that is held, as one event about the platform; however often it is called, each is told once.
 *
 * @param told keys of what this process has told; what the server has forgotten is taken out.
 */
export async function notifySignatures(
  client: Client,
  platform: KubeObject,
  answer: PolledStatus,
  now: Date,
  told: Set<string>,
): Promise<void> {
  if (answer.kind !== 'answered') return
  const { uid } = platform.metadata
  const events = signatureEvents(answer.status, now).map((facts) => ({ ...facts, key: `${uid}/${facts.key}` }))
  const current = new Set(events.map(({ key }) => key))
  for (const key of told) if (key.startsWith(`${uid}/`) && !current.has(key)) told.delete(key)
  for (const facts of events) {
    if (told.has(facts.key)) continue
    await createEvent(client, platform, facts)
    told.add(facts.key)
  }
}

/** What is worth telling just now. Pure. */
export function signatureEvents(status: SignatureServerStatus, now: Date): EventDetails[] {
  const { rollOut, activeGeneration } = status
  const imports = status.imports
    .filter(({ endedAt }) => endedAt !== null && now.getTime() - Date.parse(endedAt) <= TOLD_WITHIN_MS)
    .flatMap((item) => importEvent(item, rollOut))
  if (rollOut?.state !== 'held') return imports
  const key = `${rollOut.generation}/${rollOut.startedAt}/held`
  return [...imports, { type: 'Warning', reason: 'SignaturesHeld', message: heldText(rollOut, activeGeneration), key }]
}

function importEvent(item: SignatureImport, rollOut: RollOut | null): EventDetails[] {
  const { importId, state, generation, files } = item
  const key = `${importId}/${state}`
  if (state === 'refused') return [{ type: 'Warning', reason: 'SignaturesRefused', message: rejectedText(item), key }]
  if (state !== 'published') return []
  const to = rollOut?.generation === generation ? 'to the canary nodes first' : 'to the nodes'
  return [
    {
      type: 'Normal',
      reason: 'SignaturesPublished',
      message: `Generation ${generation} is offered ${to}: ${files.slice(0, 5).join(', ')}`,
      key,
    },
  ]
}
