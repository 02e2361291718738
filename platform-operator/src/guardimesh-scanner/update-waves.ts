import type { KubeObject, StringRecord } from '../desired/object.js'
import { TEMPLATE_HASH } from '../desired/scanner-objects.js'
import type { Client } from '../kube/client.js'
import { readyCondition } from '../kube/ready-condition.js'
import { daemonSetState } from './daemon-set-state.js'
import type { ScannerObservation } from './observe.js'
import { planWave, type WavePlan, type WavePod } from './waves.js'

/** Continues an update in waves: deletes the pods whose turn it is. @returns undefined if no update is in progress. */
export async function continueWaves(
  { spec, daemonSets, waveObjects, now }: ScannerObservation,
  { client }: { readonly client: Client },
): Promise<WavePlan | undefined> {
  if (!spec || !waveObjects) return undefined
  const { pods, nodeLabels } = waveObjects
  const existing = daemonSets.flatMap((daemonSet) => daemonSet ?? [])
  const plan = planWave({
    waves: spec.updateStrategy.waves,
    nodes: nodeLabels,
    pods: pods.flatMap((ofComponent, index) => ofComponent.map((pod) => toWavePod(pod, templateHash(daemonSets[index])))),
    desired: existing.reduce((sum, daemonSet) => sum + daemonSetState(daemonSet).desired, 0),
    nowMs: now.getTime(),
  })
  for (const pod of pods.flat().filter(({ metadata }) => plan.deletes.includes(metadata.name)))
    await client.delete({ ...pod, apiVersion: 'v1', kind: 'Pod' })
  return plan
}

function templateHash(daemonSet: KubeObject | undefined): string | undefined {
  if (!daemonSet) return undefined
  const { template } = daemonSet.spec as { readonly template: { readonly metadata: { readonly annotations?: StringRecord } } }
  return template.metadata.annotations?.[TEMPLATE_HASH]
}

function toWavePod(pod: KubeObject, newestHash: string | undefined): WavePod {
  const { metadata, spec } = pod
  const { isReady, sinceMs } = readyCondition(pod)
  return {
    name: metadata.name,
    nodeName: (spec as { readonly nodeName?: string }).nodeName ?? '',
    deletionAtMs: metadata.deletionTimestamp === undefined ? undefined : Date.parse(metadata.deletionTimestamp),
    isUpdated: metadata.annotations?.[TEMPLATE_HASH] === newestHash,
    isReady,
    sinceMs: sinceMs ?? Date.parse(metadata.creationTimestamp ?? ''),
  }
}
