import { setTimeout as wait } from 'node:timers/promises'
import { componentName, FIELD_MANAGER, IMAGE_NAMES, type ImageTable, LABELS } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import type { KubeObject } from '../src/desired/object.js'
import { NODE_COMPONENTS } from '../src/desired/scanner-objects.js'
import type { Client } from '../src/kube/client.js'
import { Operator } from '../src/operator.js'

/** An image table with invented digests. */
export function anImageTable(version = '1.0.0', digit = '1'): ImageTable {
  const images = Object.fromEntries(IMAGE_NAMES.map((name) => [name, { digest: `sha256:${digit.repeat(64)}` }]))
  return { version, images: images as ImageTable['images'] }
}

/** An operator in this process, connected to a real API server, with counters for tests. */
export class RunningOperator implements AsyncDisposable {
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  /** Number of applied objects. */
  applies = 0
  reconciles = 0

  constructor(client: Client, options: { readonly namespace?: string; readonly images?: ImageTable; readonly clock?: () => Date } = {}) {
    const { namespace = 'default', images = anImageTable(), clock } = options
    const operator = new Operator({
      client,
      namespace,
      images,
      cluster: { domain: 'cluster.local', dnsServer: '10.96.0.10', listenHost: '::', kubeletFolder: '/var/lib/kubelet' },
      log: createLogger('operator', process.env.TEST_LOG ?? 'silent'),
      metrics: { countApply: () => (this.applies += 1), countReconcile: () => (this.reconciles += 1) },
      ...(clock ? { clock } : {}),
    })
    this.#running = operator.run(this.#stop.signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#running
  }
}

/** Polls until a value matches. @throws Error with the last value after the timeout. */
export async function until<T>(read: () => Promise<T>, isMatch: (value: T) => boolean, timeoutMs = 30_000): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (isMatch(value)) return value
    if (Date.now() > deadlineMs) throw new Error(`timed out waiting for a match; last value: ${JSON.stringify(value)?.slice(0, 3000)}`)
    await wait(50)
  }
}

const PLURALS = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const

/** Acts as the workload controllers: marks all pods of a workload as updated and ready. */
export async function markReady(client: Client, kind: keyof typeof PLURALS, namespace: string, name: string): Promise<void> {
  const workload = await until(
    () => client.read({ apiVersion: 'apps/v1', kind }, namespace, name),
    (found) => found !== undefined,
  )
  if (!workload) return
  const replicas = (workload.spec as { replicas?: number }).replicas ?? 1
  const observedGeneration = workload.metadata.generation
  const status =
    kind === 'DaemonSet'
      ? {
          observedGeneration,
          currentNumberScheduled: 1,
          numberMisscheduled: 0,
          desiredNumberScheduled: 1,
          numberReady: 1,
          updatedNumberScheduled: 1,
        }
      : { observedGeneration, replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas }
  await client.patchStatus(workload, status)
}

/** Acts as the Job controller: ends the set-up Job of a platform. */
export async function finishSetUpJob(
  client: Client,
  namespace: string,
  platform: string,
  end: 'Complete' | 'Failed',
  except: readonly string[] = [],
) {
  const jobs = await until(
    () => listOf(client, '/apis/batch/v1', 'jobs', namespace, platform),
    (found) => found.some(({ metadata }) => !except.includes(metadata.name)),
  )
  const job = jobs.find(({ metadata }) => !except.includes(metadata.name)) as KubeObject
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  const conditions = [
    { type: end === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget', status: 'True', lastTransitionTime: now },
    { type: end, status: 'True', lastTransitionTime: now },
  ]
  const times = { startTime: now, ...(end === 'Complete' ? { completionTime: now, succeeded: 1 } : { failed: 1 }) }
  await client.patchStatus({ ...job, apiVersion: 'batch/v1', kind: 'Job' }, { ...times, conditions, uncountedTerminatedPods: {} })
  return job.metadata.name
}

/** Objects that the operator created for one resource. */
export async function listOf(
  client: Client,
  group: string,
  plural: string,
  namespace: string,
  instance: string,
): Promise<readonly KubeObject[]> {
  const labelSelector = `${LABELS.managedBy}=${FIELD_MANAGER},${LABELS.instance}=${instance}`
  const list = (await client.get(`${group}/namespaces/${namespace}/${plural}?${new URLSearchParams({ labelSelector })}`)) as {
    items: KubeObject[]
  }
  return list.items
}

/** Marks all workloads of a platform as ready, as far as that is possible in a cluster without nodes. */
export async function markAllReady(client: Client, namespace: string, name: string): Promise<void> {
  await markReady(client, 'StatefulSet', namespace, `${name}-postgres`)
  await markReady(client, 'Deployment', namespace, `${name}-signature-server`)
  await finishSetUpJob(client, namespace, name, 'Complete')
  for (const component of ['backend', 'worker', 'console']) await markReady(client, 'Deployment', namespace, `${name}-${component}`)
  await markNodesReady(client, namespace, name)
}

/** Marks both DaemonSets of a GuardimeshScanner as ready. */
export async function markNodesReady(client: Client, namespace: string, name: string): Promise<void> {
  for (const component of NODE_COMPONENTS) await markReady(client, 'DaemonSet', namespace, componentName(name, component))
}
