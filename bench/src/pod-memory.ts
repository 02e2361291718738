import { MIB_BYTES } from '@guardimesh/contracts'
import type { Cluster, NodeName } from '@guardimesh/e2e/cluster/cluster.js'
import { NAMESPACE } from '@guardimesh/e2e/cluster/platform.js'

/** Memory of a container, as the kubelet reports it. */
interface PodMemory {
  /** With the files in the page cache that it has read recently. */
  readonly workingSetBytes: number
  /** Without files. */
  readonly rssBytes: number
}

interface StatsSummary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string }
    readonly containers?: readonly { readonly name: string; readonly memory?: PodMemory }[]
  }[]
}

/** Reads the memory of every container of the platform, by "pod/container". */
export async function readPodMemory(cluster: Cluster, nodes: readonly NodeName[]): Promise<Record<string, PodMemory>> {
  const memory: Record<string, PodMemory> = {}
  for (const node of nodes) {
    const { pods } = JSON.parse(await cluster.kubectl(['get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`])) as StatsSummary
    for (const { podRef, containers = [] } of pods)
      if (podRef.namespace === NAMESPACE) for (const { name, memory: used } of containers) if (used) memory[`${podRef.name}/${name}`] = used
  }
  return memory
}

export function formatMib(bytes: number): string {
  return (bytes / MIB_BYTES).toFixed(1)
}
