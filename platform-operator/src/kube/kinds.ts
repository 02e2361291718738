import { API_VERSION, RESOURCES } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'

export interface Kind {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
}

export const PLATFORM: Kind = { apiVersion: API_VERSION, kind: RESOURCES.platform.kind, plural: RESOURCES.platform.plural }
export const SCANNER: Kind = { apiVersion: API_VERSION, kind: RESOURCES.scanner.kind, plural: RESOURCES.scanner.plural }

/** Kinds that the operator creates. It watches those with its label, in its own namespace. */
export const CHILD_KINDS: readonly Kind[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', plural: 'networkpolicies' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', plural: 'ingresses' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets' },
]

/** Kinds that some clusters do not serve. They are watched if the cluster serves them when the operator starts. */
export const OPTIONAL_KINDS: readonly Kind[] = [
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', plural: 'httproutes' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'BackendTLSPolicy', plural: 'backendtlspolicies' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', plural: 'certificates' },
]

const OTHER_KINDS: readonly Kind[] = [
  { apiVersion: 'v1', kind: 'Event', plural: 'events' },
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' },
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', plural: 'customresourcedefinitions' },
]

const PLURALS = new Map(
  [PLATFORM, SCANNER, ...CHILD_KINDS, ...OPTIONAL_KINDS, ...OTHER_KINDS].map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind.plural]),
)

/**
 * "/apis/apps/v1/namespaces/x/deployments/y": path of an object; of a collection without `name`, of the whole cluster without `namespace`.
 * Pure.
 */
export function pathOf({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>, namespace?: string, name?: string): string {
  const plural = PLURALS.get(`${apiVersion}/${kind}`)
  if (!plural) throw new Error(`unknown kind ${apiVersion} ${kind}`)
  const parts = [apiVersion.includes('/') ? '/apis' : '/api', apiVersion, ...(namespace ? ['namespaces', namespace] : []), plural]
  return [...parts, ...(name ? [encodeURIComponent(name)] : [])].join('/')
}
