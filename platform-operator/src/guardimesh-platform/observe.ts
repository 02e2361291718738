import { type Component, componentName, GuardimeshPlatformSpec } from '@guardimesh/contracts'
import { type KubeObject, type ObjectRef, type Owner, refKey } from '../desired/object.js'
import { type PlatformSpec, withPlatformDefaults } from '../desired/platform-defaults.js'
import type { ClusterFacts } from '../desired/settings.js'
import type { KubeList } from '../kube/client.js'
import { readPodProblem } from '../kube/component-pods.js'
import { PLATFORM, pathOf } from '../kube/kinds.js'
import { type ObservedObjects, readObjects, readSecrets } from '../kube/observed-objects.js'
import { workloadState } from '../kube/workload-state.js'
import type { OperatorContext } from '../reconcile/context.js'
import { ownerOf, type ParsedSpec, parseSpec } from '../reconcile/parse-spec.js'
import type { PolledStatus } from '../signature-status/polled-status.js'
import { damagedSecrets } from './generated-secrets.js'
import { objectNames } from './object-names.js'
import { withDatabaseInUse } from './running-database.js'

/** Everything that one reconcile of a platform decides on. Nothing else is read, except the set-up Job once its name is known. */
export interface PlatformObservation extends ParsedSpec<PlatformSpec> {
  readonly now: Date
  readonly resource: KubeObject
  readonly owner: Owner
  readonly cluster: ClusterFacts
  /** All objects that the operator manages, and those that have the name of an object of this platform. */
  readonly objects: ObservedObjects
  /** Names of the objects that this platform owns; empty while the spec is invalid. */
  readonly ownedNames: readonly ObjectRef[]
  /** Existing objects that this platform owns, for pruning. */
  readonly children: readonly KubeObject[]
  /** Secrets that the spec refers to, by name; undefined if one does not exist. */
  readonly userSecrets: ReadonlyMap<string, KubeObject | undefined>
  /** Pods of the platform's set-up Jobs, by name of the Job. */
  readonly setUpPods: ReadonlyMap<string, readonly KubeObject[]>
  readonly optionalKinds: ReadonlySet<string>
  readonly signatures: PolledStatus
  /** Why pods of a component that is not rolled out do not become ready, in the words of Kubernetes. */
  readonly podProblems: ReadonlyMap<Component, string>
}

/** Reads the state of one platform. @returns undefined if the platform is deleted. */
export async function observePlatform(name: string, context: OperatorContext): Promise<PlatformObservation | undefined> {
  const { cache, cluster, namespace, signatures, clock } = context
  const resource = cache.find({ ...PLATFORM, name })
  if (!resource || resource.metadata.deletionTimestamp) return undefined
  const owner = ownerOf(resource, PLATFORM, namespace)
  const parsed = parseSpec(resource, GuardimeshPlatformSpec, withPlatformDefaults)
  const cached = cache.snapshot()
  const spec = parsed.spec && withDatabaseInUse(parsed.spec, cached, { owner, cluster })
  const optionalKinds = new Set(context.optionalKinds.map(({ kind }) => kind))
  const names = spec && objectNames({ owner, images: context.imageSettings(spec.images), cluster }, spec, optionalKinds)
  const damaged = spec ? damagedSecrets(owner, spec, cached) : []
  const children = cache.childrenOf(owner.uid)
  return {
    ...parsed,
    spec,
    now: clock(),
    resource,
    owner,
    cluster,
    objects: await readObjects(context, names?.all ?? [], damaged),
    ownedNames: names?.owned ?? [],
    children,
    userSecrets: await readSecrets(context, spec ? userSecretNames(spec) : []),
    setUpPods: await readSetUpPods(children, context),
    optionalKinds,
    signatures: signatures.statusOf(name),
    podProblems: await readPodProblems(cached, owner, context),
  }
}

/** The observed object with a name. Pure. */
export function findObject({ objects }: Pick<PlatformObservation, 'objects'>, kind: string, name: string): KubeObject | undefined {
  return objects.get(refKey({ apiVersion: API_VERSIONS[kind] ?? 'v1', kind, name }))
}

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  GuardimeshScanner: PLATFORM.apiVersion,
}

function userSecretNames(spec: PlatformSpec): string[] {
  const names = [
    spec.administrator.passwordSecret?.name,
    spec.console.certificateSecret?.name,
    spec.database.external?.secret.name,
    spec.notifications?.caSecret?.name,
    ...(spec.images?.pullSecrets ?? []).map(({ name }) => name),
  ]
  return names.filter((name) => name !== undefined)
}

/** A Job creates at most five pods, plus those that were evicted. */
const MAX_PODS_PER_JOB = 20

async function readSetUpPods(children: readonly KubeObject[], { client, namespace }: OperatorContext) {
  const read = async ({ metadata }: KubeObject) => {
    const labelSelector = `batch.kubernetes.io/job-name=${metadata.name}`
    const query = new URLSearchParams({ labelSelector, limit: String(MAX_PODS_PER_JOB) })
    const { items } = (await client.get(`${pathOf({ apiVersion: 'v1', kind: 'Pod' }, namespace)}?${query}`)) as KubeList
    return [metadata.name, items] as const
  }
  return new Map(await Promise.all(children.filter(({ kind }) => kind === 'Job').map(read)))
}

const PLATFORM_WORKLOADS: readonly (readonly [kind: string, component: Component])[] = [
  ['StatefulSet', 'postgres'],
  ...(['signature-server', 'backend', 'worker', 'console'] as const).map((component) => ['Deployment', component] as const),
]

async function readPodProblems(cached: ObservedObjects, owner: Owner, context: OperatorContext): Promise<Map<Component, string>> {
  const unfinished = PLATFORM_WORKLOADS.filter(([kind, component]) => {
    const workload = workloadState(cached.get(refKey({ apiVersion: 'apps/v1', kind, name: componentName(owner.name, component) })))
    return workload && !workload.isRolledOut
  })
  const problems = await Promise.all(unfinished.map(([, component]) => readPodProblem(owner, component, context)))
  return new Map(unfinished.flatMap(([, component], index) => (problems[index] === undefined ? [] : [[component, problems[index]]])))
}
