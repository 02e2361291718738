import { type KubeObject, type StringRecord, selectorLabels } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'
import { TEMPLATE_HASH } from '../desired/scanner-objects.js'
import type { KubeList } from '../kube/client.js'
import { pathOf } from '../kube/kinds.js'
import type { OperatorContext } from '../reconcile/context.js'
import type { ScannerObservation } from './observe.js'
import { planWave, type WavePlan, type WavePod } from './waves.js'

/** Nodes without anything but their names and labels. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
const PAGE = 500

export interface WaveUpdate {
  readonly spec: ScannerSpec
  readonly daemonSet: KubeObject
  /** Nodes that shall have a pod. */
  readonly desired: number
}

/** Reads pods and nodes, which is done only while an update in waves is under way, and takes the update one step on. */
export async function updateInWaves(
  world: ScannerObservation,
  { spec, daemonSet, desired }: WaveUpdate,
  context: OperatorContext,
): Promise<WavePlan> {
  const { client, namespace } = context
  const labels = Object.entries(selectorLabels(world.owner, 'scanner')).map(([key, value]) => `${key}=${value}`)
  const [podObjects, nodeObjects] = await Promise.all([
    listAll(context, pathOf({ apiVersion: 'v1', kind: 'Pod' }, namespace), { labelSelector: labels.join(',') }),
    listAll(context, '/api/v1/nodes', {}, METADATA_ONLY),
  ])
  const template = (daemonSet.spec as { readonly template: { readonly metadata: { readonly annotations?: StringRecord } } }).template
  const newest = template.metadata.annotations?.[TEMPLATE_HASH]
  const step = planWave({
    waves: spec.updateStrategy.waves,
    nodes: new Map(nodeObjects.map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
    pods: podObjects.map((pod) => wavePod(pod, newest)),
    desired,
    nowMs: world.now.getTime(),
  })
  for (const name of step.deletes) {
    const pod = podObjects.find(({ metadata }) => metadata.name === name)
    if (pod) await client.delete({ ...pod, apiVersion: 'v1', kind: 'Pod' })
  }
  return step
}

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly lastTransitionTime?: string }[]
}

function wavePod({ metadata, spec, status }: KubeObject, newest: string | undefined): WavePod {
  const ready = (status as PodStatus | undefined)?.conditions?.find(({ type }) => type === 'Ready')
  return {
    name: metadata.name,
    nodeName: (spec as { readonly nodeName?: string }).nodeName ?? '',
    deletionAtMs: metadata.deletionTimestamp === undefined ? undefined : Date.parse(metadata.deletionTimestamp),
    isUpdated: metadata.annotations?.[TEMPLATE_HASH] === newest,
    isReady: ready?.status === 'True',
    sinceMs: Date.parse(ready?.lastTransitionTime ?? metadata.creationTimestamp ?? ''),
  }
}

async function listAll({ client }: OperatorContext, path: string, selector: StringRecord, accept?: string): Promise<KubeObject[]> {
  const items: KubeObject[] = []
  let next: string | undefined
  do {
    const query = new URLSearchParams({ ...selector, limit: String(PAGE), ...(next ? { continue: next } : {}) })
    const page = (await client.get(`${path}?${query}`, accept)) as KubeList
    items.push(...page.items)
    next = page.metadata.continue
  } while (next)
  return items
}
