import type { RollOut, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'
import type { Client } from '../kube/client.js'
import { createEvent, type EventDetails } from '../kube/events.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { filesText, heldText, rejectedText } from './signatures-condition.js'

/** Imports that ended earlier get no event: it would come too late to be useful. */
const MAX_IMPORT_AGE_MS = 30 * 60_000

/**
 * Creates one event about the platform for each import that ended and each rollout that is held. Safe to call repeatedly.
 *
 * @param reported keys of the events that this process has created; keys that the server no longer reports are removed.
 */
export async function createSignatureEvents(
  client: Client,
  platform: KubeObject,
  polled: PolledStatus,
  now: Date,
  reported: Set<string>,
): Promise<void> {
  if (polled.kind !== 'answered') return
  const { uid } = platform.metadata
  const events = signatureEvents(polled.status, now).map((details) => ({ ...details, key: `${uid}/${details.key}` }))
  const current = new Set(events.map(({ key }) => key))
  for (const key of reported) if (key.startsWith(`${uid}/`) && !current.has(key)) reported.delete(key)
  for (const details of events) {
    if (reported.has(details.key)) continue
    await createEvent(client, platform, details)
    reported.add(details.key)
  }
}

/** The events for a status of the signature server. Pure. */
export function signatureEvents(status: SignatureServerStatus, now: Date): EventDetails[] {
  const { rollOut, activeGeneration } = status
  const imports = status.imports
    .filter(({ endedAt }) => endedAt !== null && now.getTime() - Date.parse(endedAt) <= MAX_IMPORT_AGE_MS)
    .flatMap((item) => importEvent(item, rollOut))
  if (rollOut?.state !== 'held') return imports
  const key = `${rollOut.generation}/${rollOut.startedAt}/held`
  return [...imports, { type: 'Warning', reason: 'SignaturesHeld', message: heldText(rollOut, activeGeneration), key }]
}

function importEvent(item: SignatureImport, rollOut: RollOut | null): EventDetails[] {
  const { importId, state, generation } = item
  const key = `${importId}/${state}`
  if (state === 'refused') return [{ type: 'Warning', reason: 'SignaturesRefused', message: rejectedText(item), key }]
  if (state !== 'published') return []
  const target = rollOut?.generation === generation ? 'to the canary nodes first' : 'to all nodes'
  const message = `Generation ${generation} is rolling out ${target}: ${filesText(item)}`
  return [{ type: 'Normal', reason: 'SignaturesPublished', message, key }]
}
