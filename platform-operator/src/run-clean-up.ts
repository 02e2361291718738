import { API_GROUP, RESOURCES } from '@guardimesh/contracts'
import { type Logger, type ProcessContext, sleep } from '@guardimesh/kit'
import type { CleanUpConfig } from './config.js'
import type { KubeObject } from './desired/object.js'
import { Client, isNotFound, type KubeList } from './kube/client.js'

const CRD = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
/** The cluster deletes owned resources some moments after their owner. Shorter than the deadline of the hook's Job (240 s). */
const GARBAGE_COLLECTION_TIMEOUT_MS = 90_000
const POLL_INTERVAL_MS = 1_000
const MAX_LOGGED_RESOURCES = 10

/** Runs at the end of helm uninstall. Deletes our CRDs only if none of their resources exists, because Kubernetes deletes those as well. */
export async function runCleanUp({ config, log, signal }: ProcessContext<CleanUpConfig>): Promise<void> {
  const client = new Client(config.apiAccess)
  const remaining = await waitForGarbageCollection(client, log, signal)
  if (signal.aborted) return log.warn('stopped before the CRDs were deleted; delete them when no resources of them remain')
  if (remaining.length > 0)
    return log.warn({ remaining: namesOf(remaining) }, 'CRDs kept because resources remain; delete the resources and then the CRDs')
  for (const { plural } of Object.values(RESOURCES)) {
    const name = `${plural}.${API_GROUP}`
    await client.delete({ ...CRD, metadata: { name } })
    log.info({ name }, 'CRD deleted')
  }
}

const namesOf = (resources: readonly KubeObject[]) =>
  resources.slice(0, MAX_LOGGED_RESOURCES).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)

/** Waits as long as all remaining resources have an owner, which the cluster deletes them with. @returns the resources that remain. */
async function waitForGarbageCollection(client: Client, log: Logger, signal: AbortSignal): Promise<readonly KubeObject[]> {
  let isLogged = false
  const deadlineMs = performance.now() + GARBAGE_COLLECTION_TIMEOUT_MS
  for (;;) {
    const lists = await Promise.all(Object.values(RESOURCES).map(({ plural }) => listRemaining(client, plural)))
    const remaining = lists.flat()
    const areAllOwned = remaining.every(({ metadata }) => metadata.ownerReferences?.length)
    if (remaining.length === 0 || !areAllOwned || performance.now() > deadlineMs || signal.aborted) return remaining
    if (!isLogged) log.info({ remaining: namesOf(remaining) }, 'waiting for garbage collection of owned resources')
    isLogged = true
    await sleep(POLL_INTERVAL_MS, signal)
  }
}

/** Lists the resources of a kind that are not being deleted. */
async function listRemaining(client: Client, plural: string): Promise<KubeObject[]> {
  try {
    const list = (await client.get(`/apis/${API_GROUP}/v1alpha1/${plural}?limit=500`)) as KubeList
    return list.items.filter(({ metadata }) => !metadata.deletionTimestamp)
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}
