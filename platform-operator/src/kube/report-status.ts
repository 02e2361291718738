import type { Condition } from '@guardimesh/contracts'
import { contentHash, type KubeObject } from '../desired/object.js'
import type { Client } from './client.js'
import { createEvent } from './events.js'
import { noteworthyEvents, readyEvent } from './ready-events.js'

/** A condition without the time of its last transition. */
export type NewCondition = Omit<Condition, 'lastTransitionTime'>

type Status = Readonly<Record<string, unknown>>

const conditionsOf = ({ conditions = [] }: Status) => conditions as readonly Condition[]
const readyOf = (status: Status) => conditionsOf(status).find(({ type }) => type === 'Ready')

/** Adds the time of the last transition: the previous one if the status is unchanged, else `now`. Pure. */
export function withTransitionTimes(conditions: readonly NewCondition[], previous: readonly Condition[], now: Date): Condition[] {
  return conditions.map((condition) => {
    const before = previous.find(({ type }) => type === condition.type)
    const isSame = before?.status === condition.status
    return { ...condition, lastTransitionTime: isSame ? before.lastTransitionTime : `${now.toISOString().slice(0, 19)}Z` }
  })
}

/** Writes the status of a resource if it has changed, and creates an event if Ready has changed in a relevant way. */
export async function reportStatus(client: Client, resource: KubeObject, status: Status): Promise<void> {
  if (contentHash(resource.status ?? {}) === contentHash(status)) return
  // The cached resource may be behind our last status, which would be reported twice.
  const { namespace = '', name } = resource.metadata
  const live = await client.read(resource, namespace, name)
  if (!live) return
  const old = (live.status ?? {}) as Status
  if (contentHash(old) === contentHash(status)) return
  // The event comes first: after the status it would be lost on a failure, and creating it twice has no effect.
  const change = readyEvent(readyOf(old), readyOf(status))
  const events = [...(change ? [change] : []), ...noteworthyEvents(conditionsOf(old), conditionsOf(status))]
  for (const event of events) await createEvent(client, live, { ...event, key: live.metadata.resourceVersion ?? '' })
  const removed = Object.fromEntries(Object.keys(old).map((key) => [key, null]))
  await client.patchStatus(live, { ...removed, ...status })
}
