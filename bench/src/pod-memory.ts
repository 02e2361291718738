import { MIB_BYTES } from '@guardimesh/contracts'
import type { Cluster, NodeName } from '@guardimesh/e2e/cluster/cluster.js'
import { NAMESPACE } from '@guardimesh/e2e/cluster/platform.js'

interface StatsSummary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string }
    readonly containers?: readonly { readonly name: string; readonly memory?: { readonly workingSetBytes?: number } }[]
  }[]
}

/** Reads the working set of every container of the platform, by "pod/container". */
export async function readPodMemory(cluster: Cluster, nodes: readonly NodeName[]): Promise<Record<string, number>> {
  const memory: Record<string, number> = {}
  for (const node of nodes) {
    const { pods } = JSON.parse(await cluster.kubectl(['get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`])) as StatsSummary
    for (const { podRef, containers = [] } of pods)
      if (podRef.namespace === NAMESPACE)
        for (const container of containers) memory[`${podRef.name}/${container.name}`] = container.memory?.workingSetBytes ?? 0
  }
  return memory
}

export function formatMib(bytes: number): string {
  return (bytes / MIB_BYTES).toFixed(1)
}
