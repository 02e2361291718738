import { type KubeObject, type Owner, type StringRecord, selectorLabels } from '../desired/object.js'
import { NODE_COMPONENTS, type NodeComponent } from '../desired/scanner-objects.js'
import type { Client, KubeList } from '../kube/client.js'
import { pathOf } from '../kube/kinds.js'

/** Pods of the scanner's DaemonSets and nodes, as an update in waves needs them. */
export interface WaveObjects {
  /** In the order of NODE_COMPONENTS. */
  readonly pods: readonly (readonly KubeObject[])[]
  /** Labels by name of the node. */
  readonly nodeLabels: ReadonlyMap<string, StringRecord>
}

/** Returns nodes with their metadata only. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
const PAGE_SIZE = 500

export async function readWaveObjects(
  owner: Owner,
  { client, namespace }: { readonly client: Client; readonly namespace: string },
): Promise<WaveObjects> {
  const podsOf = (component: NodeComponent) => {
    const labels = Object.entries(selectorLabels(owner, component)).map(([key, value]) => `${key}=${value}`)
    return listAll(client, pathOf({ apiVersion: 'v1', kind: 'Pod' }, namespace), { labelSelector: labels.join(',') })
  }
  const [pods, nodes] = await Promise.all([Promise.all(NODE_COMPONENTS.map(podsOf)), listAll(client, '/api/v1/nodes', {}, METADATA_ONLY)])
  return { pods, nodeLabels: new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels ?? {}])) }
}

async function listAll(client: Client, path: string, selector: StringRecord, accept?: string): Promise<KubeObject[]> {
  const items: KubeObject[] = []
  let next: string | undefined
  do {
    const query = new URLSearchParams({ ...selector, limit: String(PAGE_SIZE), ...(next ? { continue: next } : {}) })
    const page = (await client.get(`${path}?${query}`, accept)) as KubeList
    items.push(...page.items)
    next = page.metadata.continue
  } while (next)
  return items
}
