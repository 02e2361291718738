import { API_GROUP, COMPONENTS, type Component, LABELS, NODE_CONTAINERS, PART_OF, PORTS } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import { CLUSTER_CHECKS, runChecks } from '../doctor/cluster-checks.js'
import { INSTALL_CHECKS } from '../doctor/install-checks.js'
import { isNotFound, type KubeClient, KubeError, type KubeObject } from '../kube/kube-client.js'
import { Redactor } from './redact.js'

export interface Collection {
  readonly client: KubeClient
  readonly namespace: string
  readonly onProgress?: (doing: string) => void
}

export interface CollectedFile {
  readonly path: string
  /** Text without secrets. */
  readonly text: string
}

interface Secret extends KubeObject {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
}
interface Pod extends KubeObject {
  readonly spec: { readonly initContainers?: readonly { name: string }[]; readonly containers: readonly { name: string }[] }
}

const LOG_LINES = 5_000
const LOG_MAX_BYTES = 5 * 1024 * 1024
/** Collected resources of the namespace, by their path in the API. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  [`/apis/${API_GROUP}/v1alpha1`, ['guardimeshplatforms', 'guardimeshscanners']],
  ['/apis/apps/v1', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']],
  ['/apis/batch/v1', ['jobs']],
  ['/api/v1', ['pods', 'services', 'configmaps', 'persistentvolumeclaims', 'serviceaccounts', 'events']],
  ['/apis/discovery.k8s.io/v1', ['endpointslices']],
  ['/apis/networking.k8s.io/v1', ['networkpolicies', 'ingresses']],
  ['/apis/policy/v1', ['poddisruptionbudgets']],
]

/** Collects diagnostic data of an installation. Failures are listed in errors.txt and do not end the collection. */
export async function* collect(options: Collection): AsyncGenerator<CollectedFile> {
  const { client, namespace, onProgress } = options
  const secrets = await readSecrets(client, namespace)
  const redactor = new Redactor(secrets.map(({ data }) => data ?? {}))
  const errors: string[] = []
  const attempt = async (path: string, read: () => Promise<string | undefined>): Promise<CollectedFile[]> => {
    onProgress?.(path)
    try {
      const text = await read()
      return text === undefined ? [] : [{ path, text: redactor.text(text) }]
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      if (!isNotFound(error)) errors.push(`${path}: ${redactor.text(messageOf(error))}`)
      return []
    }
  }
  yield { path: 'secrets.json', text: redactor.object(secrets.map(outlineOf)) }
  yield* await attempt('version.json', async () => redactor.object(await client.get('/version')))
  yield* await attempt('nodes.json', async () => redactor.object((await client.list<KubeObject>('/api/v1/nodes')).map(withoutImages)))
  yield* await attempt('storageclasses.json', async () => redactor.object(await client.list('/apis/storage.k8s.io/v1/storageclasses')))
  yield* await attempt('definitions.json', async () => redactor.object(await readDefinitions(client)))
  yield* await attempt('doctor.json', async () =>
    redactor.object(await runChecks([...CLUSTER_CHECKS, ...INSTALL_CHECKS], { client, namespace })),
  )
  for (const [group, kinds] of KINDS)
    for (const kind of kinds)
      yield* await attempt(`${kind}.json`, async () => redactor.object(await client.list(`${group}/namespaces/${namespace}/${kind}`)))
  for (const pod of await readPods(client, namespace)) {
    for (const log of logsOf(namespace, pod)) yield* await attempt(log.path, () => readLog(client, log.source))
    for (const metric of metricsOf(namespace, pod)) yield* await attempt(metric.path, () => readText(client, metric.source))
  }
  yield { path: 'errors.txt', text: errors.map((line) => `${line}\n`).join('') }
}

/** Reads the Secrets for redaction. @throws CommandError when reading is forbidden, because logs could then contain secrets. */
async function readSecrets(client: KubeClient, namespace: string): Promise<Secret[]> {
  try {
    return await client.list<Secret>(`/api/v1/namespaces/${namespace}/secrets`)
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403) throw error
    throw new CommandError(
      `This account lacks permission to read the Secrets of ${namespace}, which are required to redact their values in logs and are not written to the bundle. Use another account.`,
    )
  }
}

/** Lists the keys of a Secret with the lengths of their values. Pure. */
function outlineOf({ metadata, type, data }: Secret): object {
  const keys = Object.entries(data ?? {}).map(([key, value]) => ({ key, sizeBytes: Buffer.from(value, 'base64').length }))
  return { name: metadata.name, secretType: type, keys }
}

/** Removes the list of images of a node, which has up to fifty of all workloads. */
function withoutImages(node: KubeObject & { readonly status?: object }): object {
  return { ...node, status: { ...node.status, images: undefined } }
}

async function readDefinitions(client: KubeClient): Promise<object[]> {
  const crds = await client.list<
    KubeObject & { spec: { group: string; versions: { name: string; served: boolean; storage: boolean }[] }; status?: object }
  >('/apis/apiextensions.k8s.io/v1/customresourcedefinitions')
  const versionsOf = (crd: (typeof crds)[number]) => crd.spec.versions.map(({ name, served, storage }) => ({ name, served, storage }))
  return crds
    .filter(({ spec }) => spec.group === API_GROUP)
    .map((crd) => ({ name: crd.metadata.name, versions: versionsOf(crd), status: crd.status }))
}

async function readPods(client: KubeClient, namespace: string): Promise<Pod[]> {
  return client.list<Pod>(`/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(`${LABELS.partOf}=${PART_OF}`)}`)
}

interface Source {
  readonly path: string
  readonly source: string
}

function logsOf(namespace: string, { metadata, spec }: Pod): Source[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name)
  const query = `timestamps=true&tailLines=${LOG_LINES}&limitBytes=${LOG_MAX_BYTES}`
  const source = (container: string) => `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?container=${container}&${query}`
  return containers.flatMap((container) => [
    { path: `logs/${metadata.name}/${container}.log`, source: source(container) },
    { path: `logs/${metadata.name}/${container}.previous.log`, source: `${source(container)}&previous=true` },
  ])
}

/** Containers of a node's pod that serve metrics: all but clamd. */
function processesOf(component: keyof typeof NODE_CONTAINERS) {
  return NODE_CONTAINERS[component].filter((name) => name !== 'antivirus')
}

function metricsOf(namespace: string, { metadata }: Pod): Source[] {
  const component = metadata.labels?.[LABELS.component]
  const ports =
    component === 'scanner' || component === 'engines'
      ? processesOf(component).map((name) => ({ name, port: PORTS[name], scheme: '' }))
      : COMPONENTS.includes(component as Component) && component !== 'postgres' && component !== 'console'
        ? [{ name: component, port: PORTS[component as Exclude<Component, 'engines'>], scheme: component === 'worker' ? '' : 'https:' }]
        : []
  return ports.map(({ name, port, scheme }) => ({
    path: `metrics/${metadata.name}/${name}.txt`,
    source: `/api/v1/namespaces/${namespace}/pods/${scheme}${metadata.name}:${port}/proxy/metrics`,
  }))
}

async function readText(client: KubeClient, source: string): Promise<string> {
  return (await client.send('GET', source)).text()
}

/** A container that never restarted has no previous log. Drops a truncated last line, which could contain a part of a secret. */
async function readLog(client: KubeClient, source: string): Promise<string | undefined> {
  try {
    const text = await readText(client, source)
    return text.length >= LOG_MAX_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text
  } catch (error) {
    if (error instanceof KubeError && error.status === 400) return undefined
    throw error
  }
}
