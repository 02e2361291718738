import { GuardimeshPlatformSpec } from '@guardimesh/contracts'
import type { KubeObject, Owner } from '../desired/object.js'
import { type PlatformSpec, withPlatformDefaults } from '../desired/platform-defaults.js'
import type { ClusterFacts } from '../desired/settings.js'
import { PLATFORM } from '../kube/kinds.js'
import type { OperatorContext } from '../reconcile/context.js'
import type { PolledStatus } from '../signature-status/polled-status.js'

/** Everything that a decision about a platform is made from. */
export interface PlatformObservation {
  readonly now: Date
  readonly resource: KubeObject
  readonly owner: Owner
  readonly cluster: ClusterFacts
  /** Undefined when the API server let a spec through that we do not understand. */
  readonly spec: PlatformSpec | undefined
  readonly specProblem: string
  /** Objects that the operator made, by kind and name. */
  readonly find: (kind: string, name: string) => KubeObject | undefined
  /** Secrets that people gave, by name; undefined when one is not there. */
  readonly userSecrets: ReadonlyMap<string, KubeObject | undefined>
  /** The set-up Jobs of this platform. */
  readonly jobs: readonly KubeObject[]
  readonly optionalKinds: ReadonlySet<string>
  readonly signatures: PolledStatus
}

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  Secret: 'v1',
  Service: 'v1',
  PersistentVolumeClaim: 'v1',
  GuardimeshScanner: PLATFORM.apiVersion,
}

/** Reads everything about one platform. @returns undefined when it is gone. */
export async function observePlatform(name: string, context: OperatorContext): Promise<PlatformObservation | undefined> {
  const { cache, client, cluster, namespace, optionalKinds, signatures, clock } = context
  const resource = cache.find({ ...PLATFORM, name })
  if (!resource || resource.metadata.deletionTimestamp) return undefined
  const parsed = GuardimeshPlatformSpec.safeParse(resource.spec ?? {})
  const spec = parsed.success ? withPlatformDefaults(parsed.data) : undefined
  const names = spec ? givenSecretNames(spec) : []
  const find = (kind: string, childName: string) => cache.find({ apiVersion: API_VERSIONS[kind] ?? 'v1', kind, name: childName })
  const secret = async (secretName: string) =>
    [secretName, find('Secret', secretName) ?? (await client.read({ apiVersion: 'v1', kind: 'Secret' }, namespace, secretName))] as const
  return {
    now: clock(),
    resource,
    owner: { apiVersion: PLATFORM.apiVersion, kind: PLATFORM.kind, name, namespace, uid: resource.metadata.uid ?? '' },
    cluster,
    spec,
    specProblem: parsed.success ? '' : parsed.error.issues.map((issue) => `spec.${issue.path.join('.')}: ${issue.message}`).join('; '),
    find,
    userSecrets: new Map(await Promise.all(names.map(secret))),
    jobs: cache.childrenOf(resource.metadata.uid ?? '').filter(({ kind }) => kind === 'Job'),
    optionalKinds: new Set(optionalKinds.map(({ kind }) => kind)),
    signatures: signatures.statusOf(name),
  }
}

function givenSecretNames(spec: PlatformSpec): string[] {
  const names = [
    spec.administrator.passwordSecret?.name,
    spec.console.certificateSecret?.name,
    spec.database.external?.secret.name,
    spec.notifications?.caSecret?.name,
    ...(spec.images?.pullSecrets ?? []).map(({ name }) => name),
  ]
  return [...new Set(names.filter((name) => name !== undefined))]
}
