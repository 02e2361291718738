import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { bundleFiles, loadIntoNodes } from '@guardimesh/e2e/cluster/bundle.js'
import { type Cluster, startCluster } from '@guardimesh/e2e/cluster/cluster.js'
import { installPlatform, NAMESPACE } from '@guardimesh/e2e/cluster/platform.js'
import { sleep } from '@guardimesh/kit'
import { say } from '../platform.js'
import type { Measurement } from '../report.js'

const NODES = ['node1', 'node2'] as const
const BAR_MS = 90_000
/** Time until caches are warm and the first scans are complete. */
const REST_MS = 60_000

/**
 * Time from `helm install` until every pod is ready, with the images in the nodes' stores; sizes of the images; memory of every pod at
 * rest, as reported by the kubelet (working set). Requires `make bundle`.
 */
export async function measureInstall(): Promise<Measurement[]> {
  const bundle = await bundleFiles()
  const imageBytes = await imageSizes()
  for (const [name, sizeBytes] of Object.entries(imageBytes)) say(`image ${name}: ${mib(sizeBytes)} MiB compressed`)
  const cluster = await startCluster({ nodes: NODES.length })
  try {
    await loadIntoNodes(cluster, NODES, bundle)
    const startedAtMs = performance.now()
    await installPlatform(cluster, bundle)
    const readyMs = performance.now() - startedAtMs
    say(`ready after ${(readyMs / 1000).toFixed(1)} s; waiting ${REST_MS / 1000} s for the pods to come to rest`)
    await sleep(REST_MS)
    const memoryBytes = await podMemory(cluster)
    for (const [name, bytes] of Object.entries(memoryBytes)) say(`memory ${name}: ${mib(bytes)} MiB`)
    return [
      {
        name: 'install',
        value: readyMs / 1000,
        unit: 's',
        peer: '-',
        peerValue: BAR_MS / 1000,
        ratio: BAR_MS / readyMs,
        bar: `every pod ready within ${BAR_MS / 1000} s of helm install, images loaded`,
        isMet: readyMs <= BAR_MS,
        details: { nodes: NODES.length, imageBytes, memoryBytes },
      },
    ]
  } finally {
    await cluster.down()
  }
}

interface OciIndex {
  readonly manifests: readonly { readonly digest: string; readonly annotations?: Readonly<Record<string, string>> }[]
}

interface OciManifest {
  readonly config: { readonly size: number }
  readonly layers: readonly { readonly size: number }[]
}

/** Compressed size of each image; a shared layer counts for each image. */
async function imageSizes(): Promise<Record<string, number>> {
  const layout = join(REPOSITORY_FOLDER, '.state/images', process.arch, 'oci')
  const { manifests } = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')) as OciIndex
  const sizes: Record<string, number> = {}
  for (const { digest, annotations } of manifests) {
    const { config, layers } = JSON.parse(await readFile(join(layout, 'blobs', digest.replace(':', '/')), 'utf8')) as OciManifest
    const name = annotations?.['org.opencontainers.image.ref.name'] ?? digest
    sizes[name] = layers.reduce((sum, { size }) => sum + size, config.size)
  }
  return sizes
}

interface StatsSummary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string }
    readonly containers?: readonly { readonly name: string; readonly memory?: { readonly workingSetBytes?: number } }[]
  }[]
}

/** Reads the working set of every container of the platform, by "pod/container". */
async function podMemory(cluster: Cluster): Promise<Record<string, number>> {
  const memory: Record<string, number> = {}
  for (const node of NODES) {
    const { pods } = JSON.parse(await cluster.kubectl(['get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`])) as StatsSummary
    for (const { podRef, containers = [] } of pods)
      if (podRef.namespace === NAMESPACE)
        for (const container of containers) memory[`${podRef.name}/${container.name}`] = container.memory?.workingSetBytes ?? 0
  }
  return memory
}

function mib(bytes: number): string {
  return (bytes / MIB_BYTES).toFixed(1)
}
