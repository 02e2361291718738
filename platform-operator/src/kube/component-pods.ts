import { type Owner, selectorLabels } from '../desired/object.js'
import type { Client, KubeList } from './client.js'
import { pathOf } from './kinds.js'
import { podProblem } from './pod-problem.js'
import { readyCondition } from './ready-condition.js'

/** A problem that concerns all pods shows in the first ones. */
const MAX_PODS = 500

/** Reads why the pods of a component do not become ready; undefined if Kubernetes reports no reason. */
export async function readPodProblem(
  owner: Owner,
  component: string,
  { client, namespace }: { readonly client: Client; readonly namespace: string },
): Promise<string | undefined> {
  const labels = Object.entries(selectorLabels(owner, component)).map(([key, value]) => `${key}=${value}`)
  const query = new URLSearchParams({ labelSelector: labels.join(','), limit: String(MAX_PODS) })
  const { items } = (await client.get(`${pathOf({ apiVersion: 'v1', kind: 'Pod' }, namespace)}?${query}`)) as KubeList
  return podProblem(items.filter((pod) => !readyCondition(pod).isReady))
}
