import { API_GROUP, RESOURCES } from '@guardimesh/contracts'
import { createLogger, runProcess } from '@guardimesh/kit'
import { KubeConfig } from '@kubernetes/client-node'
import { Client, isNotFound, type KubeList } from './kube/client.js'

// The last step of helm uninstall: our two CRDs go when no resource of them is left anywhere, as they would take it with them.

const CRD = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
const log = createLogger('clean-up')

async function cleanUp(client: Client): Promise<void> {
  const left = (await Promise.all(Object.values(RESOURCES).map(({ plural }) => resourcesLeft(client, plural)))).flat()
  if (left.length > 0) return log.warn({ left }, 'resources are left, so the CRDs stay; delete the resources and then the CRDs')
  for (const { plural } of Object.values(RESOURCES)) {
    const name = `${plural}.${API_GROUP}`
    await client.delete({ ...CRD, metadata: { name } })
    log.info({ name }, 'CRD deleted')
  }
}

/** "namespace/name" of what is left of a kind, a few of them. */
async function resourcesLeft(client: Client, plural: string): Promise<string[]> {
  try {
    const list = (await client.get(`/apis/${API_GROUP}/v1alpha1/${plural}?limit=10`)) as KubeList
    return list.items.filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

await runProcess(log, async () => {
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromDefault()
  await cleanUp(new Client(kubeConfig))
})
