import { API_GROUP, RESOURCES } from '@guardimesh/contracts'
import { createLogger, runProcess, sleep } from '@guardimesh/kit'
import type { KubeObject } from './desired/object.js'
import { findApiAccess } from './kube/api-access.js'
import { Client, isNotFound, type KubeList } from './kube/client.js'

// The last step of helm uninstall: our two CRDs go when no resource of them is left anywhere, as they would take it with them.

const CRD = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
/** What has an owner is deleted by the cluster some moments after it. Below the 240 s that the hook's Job has. */
const OWNED_GO_WITHIN_MS = 90_000
const LOOK_MS = 1_000
const NAMED_AT_MOST = 10
const log = createLogger('clean-up')

async function cleanUp(client: Client, signal: AbortSignal): Promise<void> {
  const left = await whatStays(client, signal)
  if (signal.aborted) return log.warn('stopped before the CRDs could be deleted; delete them when no resource of them is left')
  if (left.length > 0)
    return log.warn(
      { left: left.slice(0, NAMED_AT_MOST).map(nameOf) },
      'resources are left, so the CRDs stay; delete the resources and then the CRDs',
    )
  for (const { plural } of Object.values(RESOURCES)) {
    const name = `${plural}.${API_GROUP}`
    await client.delete({ ...CRD, metadata: { name } })
    log.info({ name }, 'CRD deleted')
  }
}

const nameOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`

/** Waits while only such resources are left as go with their owners. @returns those that do not go. */
async function whatStays(client: Client, signal: AbortSignal): Promise<readonly KubeObject[]> {
  let isTold = false
  const deadlineMs = performance.now() + OWNED_GO_WITHIN_MS
  for (;;) {
    const left = (await Promise.all(Object.values(RESOURCES).map(({ plural }) => resourcesLeft(client, plural)))).flat()
    const areAllOwned = left.every(({ metadata }) => metadata.ownerReferences?.length)
    if (left.length === 0 || !areAllOwned || performance.now() > deadlineMs || signal.aborted) return left
    if (!isTold) log.info({ left: left.slice(0, NAMED_AT_MOST).map(nameOf) }, 'resources that go with their owners are waited for')
    isTold = true
    await sleep(LOOK_MS, signal)
  }
}

/** What is left of a kind and is not being deleted. */
async function resourcesLeft(client: Client, plural: string): Promise<KubeObject[]> {
  try {
    const list = (await client.get(`/apis/${API_GROUP}/v1alpha1/${plural}?limit=500`)) as KubeList
    return list.items.filter(({ metadata }) => !metadata.deletionTimestamp)
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

await runProcess(log, async (signal) => {
  await cleanUp(new Client(findApiAccess(process.env)), signal)
})
