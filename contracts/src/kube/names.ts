/** API group and version of our resources. */
export const API_GROUP = 'guardimesh.io'
export const API_VERSION = 'guardimesh.io/v1alpha1'

/** The two resources, as the API server names them. */
export const RESOURCES = {
  platform: { kind: 'GuardimeshPlatform', plural: 'guardimeshplatforms', singular: 'guardimeshplatform', shortName: 'gmp' },
  scanner: { kind: 'GuardimeshScanner', plural: 'guardimeshscanners', singular: 'guardimeshscanner', shortName: 'gms' },
} as const
export type ResourceKind = (typeof RESOURCES)[keyof typeof RESOURCES]['kind']

/** Where everything is installed unless somebody chooses otherwise. */
export const SYSTEM_NAMESPACE = 'guardimesh-system'

/** Who wrote a field, for server-side apply. */
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
  /** On a GuardimeshPlatform or GuardimeshScanner: "true" makes the operator leave everything as it is. */
  paused: 'guardimesh.io/paused',
  /** On a pod template: what of its mounted files makes a new roll-out necessary. */
  inputsHash: 'guardimesh.io/inputs-hash',
  /** On an object: what was applied last; an object that still has it need not be applied again. */
  appliedHash: 'guardimesh.io/applied-hash',
} as const

/** The parts that the operator runs; each name is also the suffix of its objects' names and the value of its component label. */
export const COMPONENTS = ['backend', 'worker', 'console', 'postgres', 'signature-server', 'scanner'] as const
export type Component = (typeof COMPONENTS)[number]

/** "<resource>-<component>": the name of a component's workload, service and service account. Pure. */
export function componentName(resourceName: string, component: Component): string {
  return `${resourceName}-${component}`
}

/** TCP ports inside the pods. All but the probes speak TLS; each Service of a component offers 443 (postgres: 5432). */
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

/** The user and group that every container runs as, but for scanner and inspector. */
export const UNPRIVILEGED_ID = 65_532
