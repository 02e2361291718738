import type { Cluster } from '../../src/cluster/cluster.js'
import { waitFor } from '../../src/wait-for.js'
import { PERL_IMAGE } from '../perl-image.js'
import { buildDaemonSet } from './daemon-set.js'

/** Namespace of the pods to infect. */
export const VICTIM_NAMESPACE = 'shop'
const NAME = 'web'
const READY_TIMEOUT_MS = 90_000

/** A pod on a node; commands run through `kubectl exec`. */
export interface VictimPod {
  readonly name: string
  readonly nodeName: string
  /** Runs a shell script in the pod. @returns its standard output. */
  sh(script: string): Promise<string>
  /** Runs a perl program in the pod. @returns its standard output. */
  perl(program: string): Promise<string>
}

/** Runs one pod on every node and waits until all are ready. */
export async function startVictims(cluster: Cluster, nodes: number): Promise<VictimPod[]> {
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify(buildManifest()))
  return waitFor(async () => {
    const pods = await listVictims(cluster)
    if (pods.length !== nodes) throw new Error(`${pods.length} of ${nodes} pods are ready`)
    return pods
  }, READY_TIMEOUT_MS)
}

export async function removeVictims(cluster: Cluster): Promise<void> {
  await cluster.kubectl(['delete', 'namespace', VICTIM_NAMESPACE, '--wait=true'])
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string }
    readonly spec: { readonly nodeName: string }
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
  }[]
}

/** Lists the ready pods, sorted by node. */
export async function listVictims(cluster: Cluster): Promise<VictimPod[]> {
  const { items } = JSON.parse(await cluster.kubectl(['-n', VICTIM_NAMESPACE, 'get', 'pods', '-o', 'json'])) as PodList
  return items
    .filter(
      ({ metadata, status }) =>
        !metadata.deletionTimestamp && status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'),
    )
    .map(({ metadata, spec }) => buildVictimPod(cluster, metadata.name, spec.nodeName))
    .sort((one, other) => (one.nodeName < other.nodeName ? -1 : 1))
}

function buildVictimPod(cluster: Cluster, name: string, nodeName: string): VictimPod {
  const exec = async (command: readonly string[]) =>
    (await cluster.kubectl(['-n', VICTIM_NAMESPACE, 'exec', name, '--', ...command])).trim()
  return {
    name,
    nodeName,
    sh: (script) => exec(['/bin/sh', '-c', script]),
    perl: (program) => exec(['/usr/bin/perl', '-e', program]),
  }
}

function buildManifest(): unknown {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: VICTIM_NAMESPACE } }
  return { apiVersion: 'v1', kind: 'List', items: [namespace, buildDaemonSet(VICTIM_NAMESPACE, NAME, PERL_IMAGE)] }
}
