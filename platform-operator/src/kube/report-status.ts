import type { Condition } from '@guardimesh/contracts'
import { contentHash, type KubeObject } from '../desired/object.js'
import type { Client } from './client.js'
import { createEvent } from './events.js'
import { readyEvent } from './ready-events.js'

/** A condition before it is known when it became so. */
export type NewCondition = Omit<Condition, 'lastTransitionTime'>

type Status = Readonly<Record<string, unknown>>

const readyOf = ({ conditions }: Status) => (conditions as readonly Condition[] | undefined)?.find(({ type }) => type === 'Ready')

/** Gives each condition the moment of its last change: that of the old one when its status is the same. Pure. */
export function withTransitionTimes(fresh: readonly NewCondition[], old: readonly Condition[], now: Date): Condition[] {
  return fresh.map((condition) => {
    const before = old.find(({ type }) => type === condition.type)
    const isSame = before?.status === condition.status
    return { ...condition, lastTransitionTime: isSame ? before.lastTransitionTime : `${now.toISOString().slice(0, 19)}Z` }
  })
}

/** Writes a resource's status when it is another than before, and tells as an event when that matters to people. */
export async function reportStatus(client: Client, resource: KubeObject, status: Status): Promise<void> {
  if (contentHash(resource.status ?? {}) === contentHash(status)) return
  // The copy of the watch may be older than our own last word, which would then be told twice.
  const { namespace = '', name } = resource.metadata
  const live = await client.read(resource, namespace, name)
  if (!live) return
  const old = (live.status ?? {}) as Status
  if (contentHash(old) === contentHash(status)) return
  // Before the status: what fails after it would never be told, and telling it again makes no second event.
  const change = readyEvent(readyOf(old), readyOf(status))
  if (change) await createEvent(client, live, { ...change, key: live.metadata.resourceVersion ?? '' })
  const gone = Object.fromEntries(Object.keys(old).map((key) => [key, null]))
  await client.patchStatus(live, { ...gone, ...status })
}
