import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { findBundleFiles, loadIntoNodes } from '@guardimesh/e2e/cluster/bundle.js'
import { startCluster } from '@guardimesh/e2e/cluster/cluster.js'
import { installPlatform } from '@guardimesh/e2e/cluster/platform.js'
import { sleep } from '@guardimesh/kit'
import { logProgress } from '../platform.js'
import { formatMib, readPodMemory } from '../pod-memory.js'
import type { Measurement } from '../report.js'

const NODES = ['node1', 'node2'] as const
const BAR_MS = 90_000
/** Time after which caches are warm and the first scans are done. */
const IDLE_MS = 60_000

/**
 * Measures the time from `helm install` until every pod is ready with images loaded in advance, the image sizes, and the memory of idle
 * pods as reported by the kubelet (working set). Requires `make bundle`.
 */
export async function measureInstall(): Promise<Measurement[]> {
  const bundle = await findBundleFiles()
  const imageBytes = await readImageSizes()
  for (const [name, sizeBytes] of Object.entries(imageBytes)) logProgress(`image ${name}: ${formatMib(sizeBytes)} MiB compressed`)
  const cluster = await startCluster({ nodes: NODES.length })
  try {
    await loadIntoNodes(cluster, NODES, bundle)
    const startedAtMs = performance.now()
    await installPlatform(cluster, bundle)
    const readyMs = performance.now() - startedAtMs
    logProgress(`ready after ${(readyMs / 1000).toFixed(1)} s; waiting ${IDLE_MS / 1000} s for the pods to become idle`)
    await sleep(IDLE_MS)
    const memory = Object.entries(await readPodMemory(cluster, NODES))
    const memoryBytes = Object.fromEntries(memory.map(([name, { workingSetBytes }]) => [name, workingSetBytes]))
    for (const [name, bytes] of Object.entries(memoryBytes)) logProgress(`memory ${name}: ${formatMib(bytes)} MiB`)
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

/** Reads the compressed size of each image. A shared layer counts for each image. */
async function readImageSizes(): Promise<Record<string, number>> {
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
