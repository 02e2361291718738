import type { V1Namespace, V1Node, V1StorageClass } from '@kubernetes/client-node'
import { isNotFound, type KubeClient, KubeError } from '../kube/kube-client.js'
import { type CheckResult, fail, isAtLeast, ok, warn } from './check.js'
import { judgeNodes } from './judge-nodes.js'

/** The types of the client library declare dates that JSON represents as text; the checks use only text and numbers. */
export interface ClusterCheck {
  readonly client: KubeClient
  readonly namespace: string
}

/** Source: kubeVersion in charts/guardimesh/Chart.yaml */
const API_NEEDED = [1, 30] as const
const DRIFT_MAX_MS = 30_000
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'
const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce'
/** Permissions that "helm install" of the chart needs in addition to objects of a namespace. */
const RIGHTS = [
  { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', isNamespaced: false },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterroles', isNamespaced: false },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings', isNamespaced: false },
  { group: 'apps', resource: 'deployments', isNamespaced: true },
  { group: '', resource: 'secrets', isNamespaced: true },
  { group: 'guardimesh.io', resource: 'guardimeshplatforms', isNamespaced: true },
] as const

/** Requirements of a cluster, before and after the installation. */
export const CLUSTER_CHECKS: readonly ((check: ClusterCheck) => Promise<CheckResult[]>)[] = [
  version,
  rights,
  storage,
  podSecurity,
  nodes,
  names,
]

async function version({ client }: ClusterCheck): Promise<CheckResult[]> {
  const response = await client.send('GET', '/version')
  const { gitVersion } = response.json() as { gitVersion: string }
  const driftMs = Math.abs(Date.parse(response.headers.date ?? '') - Date.now())
  return [
    isAtLeast(gitVersion, API_NEEDED)
      ? ok('Kubernetes', gitVersion)
      : fail(
          'Kubernetes',
          `${gitVersion} is older than ${API_NEEDED.join('.')}: it lacks ValidatingAdmissionPolicy, which enforces the rules of the namespace.`,
          'Update the cluster before installing: helm rejects the chart on older versions.',
        ),
    driftMs <= DRIFT_MAX_MS
      ? ok('clock', 'This machine and the API server agree on the time.')
      : warn(
          'clock',
          `This machine and the API server are ${Math.round(driftMs / 1000)} s apart.`,
          'Synchronize all clocks: certificates depend on it.',
        ),
  ]
}

async function rights({ client, namespace }: ClusterCheck): Promise<CheckResult[]> {
  const missing: string[] = []
  for (const { group, resource, isNamespaced } of RIGHTS) {
    const resourceAttributes = { group, resource, verb: 'create', ...(isNamespaced ? { namespace } : {}) }
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } }
    const answer = await client.post<{ status: { allowed: boolean } }>('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review)
    if (!answer.status.allowed) missing.push(resource)
  }
  if (missing.length === 0) return [ok('permissions', 'This account can install the chart.')]
  return [
    warn(
      'permissions',
      `This account cannot create ${missing.join(', ')}.`,
      'Install and upgrade with an account that is bound to cluster-admin.',
    ),
  ]
}

async function storage({ client }: ClusterCheck): Promise<CheckResult[]> {
  const classes = await client.list<V1StorageClass>('/apis/storage.k8s.io/v1/storageclasses')
  const defaults = classes.filter(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS] === 'true').map(({ metadata }) => metadata?.name)
  if (defaults.length > 0) return [ok('storage', `The default class is ${defaults.join(', ')}.`)]
  if (classes.length === 0)
    return [
      fail(
        'storage',
        'There is no StorageClass.',
        'Install a volume provisioner, or create the two volumes manually and use an external database.',
      ),
    ]
  const known = classes.map(({ metadata }) => metadata?.name).join(', ')
  return [
    warn('storage', `There is no default StorageClass; available: ${known}.`, 'Set storageClassName of database and signatureServer.'),
  ]
}

async function podSecurity({ client, namespace }: ClusterCheck): Promise<CheckResult[]> {
  const advice = `kubectl label namespace ${namespace} ${ENFORCE_LABEL}=privileged`
  try {
    const { metadata } = await client.get<V1Namespace>(`/api/v1/namespaces/${namespace}`)
    const level = metadata?.labels?.[ENFORCE_LABEL]
    if (level === 'privileged') return [ok('pod security', `The namespace ${namespace} admits the scanner.`)]
    if (level !== undefined)
      return [fail('pod security', `The namespace ${namespace} enforces "${level}": it rejects the privileged scanner.`, advice)]
    return [
      warn(
        'pod security',
        `The namespace ${namespace} has no Pod Security level: a stricter cluster default would reject the scanner.`,
        advice,
      ),
    ]
  } catch (error) {
    if (!isNotFound(error)) throw error
    return [ok('pod security', `The namespace ${namespace} does not exist yet.`)]
  }
}

async function nodes({ client }: ClusterCheck): Promise<CheckResult[]> {
  return judgeNodes(await client.list<V1Node>('/api/v1/nodes'))
}

async function names({ client }: ClusterCheck): Promise<CheckResult[]> {
  const advice = 'Install or repair CoreDNS: the components of the platform find each other by name.'
  try {
    await client.get('/api/v1/namespaces/kube-system/services/kube-dns')
    const slices = await client.list<{ endpoints?: { conditions?: { ready?: boolean } }[] }>(
      '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dkube-dns',
    )
    const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false)
    return [
      ready.length > 0
        ? ok('cluster DNS', `${ready.length} servers answer.`)
        : fail('cluster DNS', 'No server of the cluster DNS is ready.', advice),
    ]
  } catch (error) {
    if (!isNotFound(error)) throw error
    return [warn('cluster DNS', 'There is no Service kube-dns in kube-system.', advice)]
  }
}

/** Runs checks one after the other. A check that cannot read its subject is a warning or a failure, never a pass. */
export async function runChecks<Check>(
  checks: readonly ((check: Check) => Promise<CheckResult[]>)[],
  check: Check,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const one of checks) {
    try {
      results.push(...(await one(check)))
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      const isForbidden = error.status === 403 || error.status === 401
      results.push(
        isForbidden
          ? warn('permissions', error.message, 'Use an account that can read it.')
          : fail('Kubernetes', error.message, 'Check the API server.'),
      )
    }
  }
  return results
}
