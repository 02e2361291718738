import { FIELD_MANAGER } from '@guardimesh/contracts'
import { contentHash, type KubeObject } from '../desired/object.js'
import { ApiError, type Client } from './client.js'

export interface EventDetails {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** Events with the same key are created once, also by several operators. */
  readonly key: string
}

const MAX_MESSAGE_LENGTH = 1000

/** Creates an event about a resource, for `kubectl describe` and `kubectl get events`. */
export async function createEvent(client: Client, about: KubeObject, details: EventDetails): Promise<void> {
  const { name, namespace = '', uid } = about.metadata
  const now = new Date().toISOString()
  const event: KubeObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${contentHash([uid, details.reason, details.key])}`, namespace },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid },
    type: details.type,
    reason: details.reason,
    message: details.message.slice(0, MAX_MESSAGE_LENGTH),
    source: { component: FIELD_MANAGER },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  }
  try {
    await client.create(event)
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error
  }
}
