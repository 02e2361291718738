import { X509Certificate } from 'node:crypto'
import { API_GROUP, LABELS, LOADED_REGISTRY, PART_OF } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { isNotFound, type KubeObject } from '../kube/kube-client.js'
import { type CheckResult, fail, ok, warn } from './check.js'
import type { ClusterCheck } from './cluster-checks.js'

const DAY_MS = 86_400_000
/** The operator renews when a third of the lifetime is left. Half of that later, renewal is overdue. */
const RENEWAL_OVERDUE_RATIO = 1 / 6
const KINDS = ['guardimeshplatforms', 'guardimeshscanners'] as const

interface Crd {
  readonly spec: { readonly versions: readonly { readonly name: string; readonly served: boolean }[] }
  readonly status?: { readonly conditions?: readonly Condition[] | null }
}
interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}
interface Resource extends KubeObject {
  readonly status?: { readonly version?: string; readonly conditions?: readonly Condition[] }
}
interface Pod extends KubeObject {
  readonly spec?: { readonly nodeName?: string }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly Condition[]
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
  }
}
interface ContainerStatus {
  readonly name: string
  readonly image: string
  readonly ready: boolean
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string }
    readonly terminated?: { readonly exitCode: number }
  }
}
interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
}

/** Requirements of an installed platform; they pass when nothing is installed. */
export const INSTALL_CHECKS: readonly ((check: ClusterCheck) => Promise<CheckResult[]>)[] = [definitions, resources, pods, certificates]

async function definitions({ client }: ClusterCheck): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const kind of KINDS) {
    const name = `${kind}.${API_GROUP}`
    const crd = await client.get<Crd>(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`).catch((error: unknown) => {
      if (isNotFound(error)) return undefined
      throw error
    })
    const versions = crd?.spec.versions.filter(({ served }) => served).map(({ name: version }) => version)
    const isServed = crd?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True')
    if (!crd) results.push(ok('definitions', `${name} is not installed yet.`))
    else if (isServed) results.push(ok('definitions', `${name} in ${versions?.join(', ')}`))
    else results.push(fail('definitions', `${name} is not served by the API.`, `kubectl describe crd ${name}`))
  }
  return results
}

async function resources({ client, namespace }: ClusterCheck): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const kind of KINDS) {
    const found = await client.list<Resource>(`/apis/${API_GROUP}/v1alpha1/namespaces/${namespace}/${kind}`).catch((error: unknown) => {
      if (isNotFound(error)) return []
      throw error
    })
    results.push(...found.map((resource) => judgeResource(kind, namespace, resource)))
  }
  return results
}

/** The condition Ready summarizes the others; those that are not true contain the reason. Pure. */
function judgeResource(kind: string, namespace: string, { metadata, status }: Resource): CheckResult {
  const name = `${kind.slice(0, -1)} ${metadata.name}`
  const conditions = status?.conditions ?? []
  const isTrue = (type: string) => conditions.some((condition) => condition.type === type && condition.status === 'True')
  if (isTrue('Ready')) return ok(name, `It is ready${status?.version ? `, version ${status.version}` : ''}.`)
  if (conditions.length === 0)
    return fail(name, 'No operator has reconciled it.', `kubectl -n ${namespace} get pods -l ${LABELS.component}=operator`)
  const reasons = conditions.filter(({ type, status: state }) => state !== 'True' && type !== 'Ready' && type !== 'Progressing')
  const wrong = reasons.length > 0 ? reasons : conditions.filter(({ type }) => type === 'Ready')
  const message = wrong.map(({ type, reason, message: text }) => `${type} (${reason}): ${text}`).join(' ')
  const advice = `kubectl -n ${namespace} describe ${kind.slice(0, -1)} ${metadata.name}`
  return isTrue('Progressing') ? warn(name, `It is not ready yet. ${message}`, advice) : fail(name, `It is not ready. ${message}`, advice)
}

async function pods({ client, namespace }: ClusterCheck): Promise<CheckResult[]> {
  const selector = encodeURIComponent(`${LABELS.partOf}=${PART_OF}`)
  const all = await client.list<Pod>(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`)
  const wrong = all.filter(({ status }) => status?.phase !== 'Succeeded').flatMap((pod) => judgePod(namespace, pod))
  if (all.length === 0) return [ok('pods', `${namespace} has no pods yet.`)]
  return wrong.length > 0 ? wrong : [ok('pods', formatCount(all.length, 'ready pod'))]
}

function judgePod(namespace: string, { metadata, spec, status }: Pod): CheckResult[] {
  const name = `pod ${metadata.name}`
  if (status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True')) return []
  const unscheduled = status?.conditions?.find(({ type, status: state }) => type === 'PodScheduled' && state === 'False')
  if (unscheduled)
    return [
      fail(
        name,
        `No node can run it: ${unscheduled.message}`,
        'Free the requested resources on a node, or change its resources, selector or tolerations.',
      ),
    ]
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  const stuck = containers.find(
    ({ state }) => state?.waiting && state.waiting.reason !== 'PodInitializing' && state.waiting.reason !== 'ContainerCreating',
  )
  if (!stuck) return [warn(name, `It is not ready (${status?.phase}).`, `kubectl -n ${namespace} describe pod ${metadata.name}`)]
  const { reason = '', message = '' } = stuck.state?.waiting ?? {}
  return [
    fail(
      name,
      `${stuck.name} is waiting: ${reason} ${message}`.trim(),
      adviceFor(reason, { namespace, pod: metadata.name, container: stuck, node: spec?.nodeName ?? '' }),
    ),
  ]
}

interface Stuck {
  readonly namespace: string
  readonly pod: string
  readonly container: ContainerStatus
  readonly node: string
}

function adviceFor(reason: string, { namespace, pod, container, node }: Stuck): string {
  const isLoaded = container.image.startsWith(`${LOADED_REGISTRY}/`)
  if (reason === 'ErrImageNeverPull' || (isLoaded && /Image/.test(reason)))
    return `Load the images into the node ${node}: guardimesh bundle load BUNDLE --public-key KEY --containerd (or --k3s, --crio) there.`
  if (/^(ErrImagePull|ImagePullBackOff|InvalidImageName)$/.test(reason))
    return 'Load the bundle into the registry (guardimesh bundle load … --registry), and check that the node can reach it, trusts its certificate, and has its pull secret.'
  return `kubectl -n ${namespace} logs ${pod} -c ${container.name} --previous`
}

async function certificates({ client, namespace }: ClusterCheck): Promise<CheckResult[]> {
  const secrets = await client.list<Secret>(`/api/v1/namespaces/${namespace}/secrets?fieldSelector=type%3Dkubernetes.io%2Ftls`)
  const results = secrets.flatMap(({ metadata, data }) => judgeCertificate(metadata.name, data?.['tls.crt'] ?? ''))
  const wrong = results.filter(({ status }) => status !== 'ok')
  if (results.length === 0) return []
  return wrong.length > 0 ? wrong : [ok('certificates', formatCount(results.length, 'valid certificate'))]
}

function judgeCertificate(secretName: string, base64: string): CheckResult[] {
  const name = `certificate ${secretName}`
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    const [fromMs, untilMs] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
    const leftMs = untilMs - Date.now()
    const until = new Date(untilMs).toISOString().slice(0, 10)
    const advice = 'Check the log of the operator, which renews it, or renew it at its issuer.'
    if (leftMs <= 0) return [fail(name, `It expired on ${until}.`, advice)]
    if (leftMs < (untilMs - fromMs) * RENEWAL_OVERDUE_RATIO)
      return [warn(name, `It expires on ${until}, in ${Math.floor(leftMs / DAY_MS)} days, and has not been renewed.`, advice)]
    return [ok(name, `It is valid until ${until}.`)]
  } catch {
    return [fail(name, 'It is invalid.', `Delete the Secret ${secretName} if the operator created it: the operator creates a new one.`)]
  }
}
