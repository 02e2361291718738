import type { SignatureImport } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'
import { refusalText } from '../guardimesh-platform/signatures-condition.js'
import type { Client } from '../kube/client.js'
import { tellEvent } from '../kube/events.js'
import type { SignatureAnswer } from './signature-answer.js'

/** Imports that ended longer ago are history: an event about them would come too late to help. */
const TOLD_WITHIN_MS = 30 * 60_000

/** Tells each import that ended as one event about the platform; however often it is called, each is told once. */
export async function tellImports(
  client: Client,
  platform: KubeObject,
  answer: SignatureAnswer,
  now: Date,
  told: Set<string>,
): Promise<void> {
  if (answer.kind !== 'answered') return
  const { uid } = platform.metadata
  const keyOf = ({ importId, state }: SignatureImport) => `${uid}/${importId}/${state}`
  const listed = new Set(answer.status.imports.map(keyOf))
  // What the server has forgotten needs no memory here.
  for (const key of told) if (key.startsWith(`${uid}/`) && !listed.has(key)) told.delete(key)
  for (const item of answer.status.imports) {
    const { state, endedAt, generation, files } = item
    const key = keyOf(item)
    if (!endedAt || now.getTime() - Date.parse(endedAt) > TOLD_WITHIN_MS || told.has(key)) continue
    if (state === 'refused')
      await tellEvent(client, platform, { type: 'Warning', reason: 'SignaturesRefused', message: refusalText(item), key })
    if (state === 'published') {
      const message = `Generation ${generation} is offered to the nodes: ${files.slice(0, 5).join(', ')}`
      await tellEvent(client, platform, { type: 'Normal', reason: 'SignaturesPublished', message, key })
    }
    told.add(key)
  }
}
