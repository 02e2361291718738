/** API group and version of our resources. */
export const API_GROUP = 'guardimesh.io'
export const API_VERSION = 'guardimesh.io/v1alpha1'

/** Names of the two custom resources. */
export const RESOURCES = {
  platform: { kind: 'GuardimeshPlatform', plural: 'guardimeshplatforms', singular: 'guardimeshplatform', shortName: 'gmp' },
  scanner: { kind: 'GuardimeshScanner', plural: 'guardimeshscanners', singular: 'guardimeshscanner', shortName: 'gms' },
} as const
export type ResourceKind = (typeof RESOURCES)[keyof typeof RESOURCES]['kind']

/** Default namespace. */
export const SYSTEM_NAMESPACE = 'guardimesh-system'

/** Field manager of the operator for server-side apply. */
export const FIELD_MANAGER = 'guardimesh-operator'

export const LABELS = {
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  partOf: 'app.kubernetes.io/part-of',
  version: 'app.kubernetes.io/version',
  managedBy: 'app.kubernetes.io/managed-by',
} as const
export const PART_OF = 'guardimesh'

export const ANNOTATIONS = {
  /** On a GuardimeshPlatform or GuardimeshScanner: "true" pauses reconciliation by the operator. */
  paused: 'guardimesh.io/paused',
  /** On a pod template: hash of mounted files whose change requires a rollout. */
  inputsHash: 'guardimesh.io/inputs-hash',
  /** On an object: hash of the last applied state. */
  appliedHash: 'guardimesh.io/applied-hash',
} as const

/** Components that the operator runs. Each name is also the suffix of its objects and the value of its component label. */
export const COMPONENTS = ['backend', 'worker', 'console', 'postgres', 'signature-server', 'scanner', 'engines'] as const
export type Component = (typeof COMPONENTS)[number]

/** Name of the workload, Service and service account of a component: "<resource>-<component>". Pure. */
export function componentName(resourceName: string, component: Component): string {
  return `${resourceName}-${component}`
}

/** TCP ports inside the pods. All except the probes use TLS. The Services use port 443 (postgres: 5432). */
export const PORTS = {
  backend: 8443,
  console: 8443,
  'signature-server': 8443,
  postgres: 5432,
  worker: 9100,
  operator: 9100,
  scanner: 9101,
  inspector: 9102,
  puller: 9103,
  'obfuscation-scanner': 9104,
} as const

/** Containers of a node by component: each component is one DaemonSet. */
export const NODE_CONTAINERS = {
  scanner: ['scanner', 'inspector'],
  engines: ['antivirus', 'obfuscation-scanner', 'puller'],
} as const

/** Default user and group of the images. Only postgres and signature server run as it: the files on their volumes belong to it. */
export const UNPRIVILEGED_ID = 65_532

/**
 * User ids of the other containers, which are also their group ids. No two processes that handle hostile content share one, neither with each
 * other nor with another pod of ours.
 */
export const USER_IDS = {
  backend: 65_601,
  worker: 65_602,
  console: 65_603,
  operator: 65_604,
  'set-up': 65_605,
  hooks: 65_606,
  tests: 65_607,
  antivirus: 65_611,
  'obfuscation-scanner': 65_612,
  puller: 65_613,
} as const

/** Folder of our seccomp profiles, below the kubelet's seccomp folder. */
export const SECCOMP_FOLDER = 'guardimesh'

/** Group of the three engines of a node, for the sockets and files between them. */
export const ENGINES_GROUP_ID = 65_610
