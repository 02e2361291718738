import { type GuardimeshPlatformStatus, SYSTEM_NAMESPACE } from '@guardimesh/contracts'
import { waitFor } from '../wait-for.js'
import type { BundleFiles } from './bundle.js'
import type { Cluster } from './cluster.js'

export const NAMESPACE = SYSTEM_NAMESPACE
/** Name of the release and of the platform. */
export const PLATFORM = 'guardimesh'
const READY_TIMEOUT_MS = 300_000

/** Installs the chart of the bundle as in the guide, and waits until the platform and all pods are ready. */
export async function installPlatform(cluster: Cluster, bundle: BundleFiles, values: readonly string[] = []): Promise<void> {
  await cluster.helm(['install', PLATFORM, bundle.chartFile, '-n', NAMESPACE, '--create-namespace', ...values])
  await untilReady(cluster)
}

/** Waits until the platform is ready. @throws Error with its conditions and the pods that are not ready. */
export async function untilReady(cluster: Cluster, timeoutMs = READY_TIMEOUT_MS): Promise<void> {
  await waitFor(async () => {
    const { status, metadata } = await readPlatform(cluster)
    const ready = status.conditions?.find(({ type }) => type === 'Ready')
    const isReady = ready?.status === 'True' && ready.observedGeneration === metadata.generation
    const notReady = await podsNotReady(cluster)
    if (!isReady || notReady.length > 0)
      throw new Error(`not ready: ${JSON.stringify({ conditions: status.conditions, notReady }, null, 1)}`)
  }, timeoutMs)
}

interface Platform {
  readonly metadata: { readonly generation: number; readonly uid: string }
  readonly status: GuardimeshPlatformStatus
}

export async function readPlatform(cluster: Cluster): Promise<Platform> {
  const platform = JSON.parse(await cluster.kubectl(['-n', NAMESPACE, 'get', 'guardimeshplatform', PLATFORM, '-o', 'json']))
  return { ...platform, status: platform.status ?? {} }
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string }
    readonly status: { readonly phase: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
  }[]
}

/** Lists the pods of the platform that are neither ready nor completed. */
export async function podsNotReady(cluster: Cluster): Promise<string[]> {
  const { items } = JSON.parse(await cluster.kubectl(['-n', NAMESPACE, 'get', 'pods', '-o', 'json'])) as PodList
  return items
    .filter(
      ({ status }) => status.phase !== 'Succeeded' && !status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'),
    )
    .map(({ metadata }) => metadata.name)
}
