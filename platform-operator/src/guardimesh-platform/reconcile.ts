import { componentName } from '@guardimesh/contracts'
import { certManagerCertificates } from '../desired/certificates.js'
import { type KubeObject, type ObjectRef, refOf } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { foundationObjects, migratedObjects } from '../desired/platform-objects.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import { setUpJob } from '../desired/set-up-job.js'
import type { ChildContext } from '../desired/settings.js'
import type { RejectedObject } from '../kube/applier.js'
import type { KubeList } from '../kube/client.js'
import { pathOf } from '../kube/kinds.js'
import { reportStatus } from '../kube/report-status.js'
import type { WorkResult } from '../kube/work-queue.js'
import { workloadState } from '../kube/workload-state.js'
import type { OperatorContext } from '../reconcile/context.js'
import type { CertificateSet } from './certificates.js'
import type { Progress } from './conditions.js'
import { observePlatform, type PlatformObservation } from './observe.js'
import { type Blocked, firstUnmetPrerequisite, isPaused } from './prerequisites.js'
import { keptSecrets, secure } from './secrets-and-certificates.js'
import { isFinished, SET_UP_RETRY_MS, setUpState } from './set-up-state.js'
import { buildPlatformStatus } from './status.js'

/** Makes a platform as its resource says, one step nearer each time. */
export async function reconcilePlatform(name: string, context: OperatorContext): Promise<WorkResult> {
  const world = await observePlatform(name, context)
  if (!world) return 'gone'
  const isHeld = isPaused(world)
  const blocked = isHeld ? undefined : firstUnmetPrerequisite(world)
  const outcome = world.spec && !blocked && !isHeld ? await build(world, world.spec, context) : undefined
  const progress = {
    isPaused: isHeld,
    blocked: blocked ?? outcome?.blocked,
    missingCertificates: outcome?.certificates.missing ?? [],
    setUp: outcome?.setUp ?? (await newestSetUp(world, context)),
  }
  await reportStatus(context.client, world.resource, buildPlatformStatus(world, progress, outcome?.settings))
  return { retryAfterMs: progress.blocked?.retryAfterMs ?? outcome?.lookAgainMs }
}

interface Outcome {
  readonly certificates: CertificateSet
  readonly blocked?: Blocked
  readonly settings?: PlatformSettings
  readonly setUp?: Progress['setUp']
  readonly lookAgainMs?: number | undefined
}

async function build(world: PlatformObservation, spec: PlatformSpec, context: OperatorContext): Promise<Outcome> {
  const childContext: ChildContext = { owner: world.owner, images: context.imageSettings(spec.images), cluster: context.cluster }
  const { certificates, foreign: foreignSecret, settings } = await secure(world, spec, childContext, context)
  if (foreignSecret) return { certificates, blocked: foreignBlocked(world, foreignSecret) }
  if (!settings) return { certificates, ...(certificates.missing.length === 0 ? { blocked: noAuthority(spec) } : {}) }
  const job = setUpJob(settings)
  const setUp = await stateOfJob(world.find('Job', job.metadata.name), context)
  const certificateRequests = spec.tls.issuer === 'CertManager' ? certManagerCertificates(settings) : []
  const foundation = [...certificateRequests, ...foundationObjects(settings)]
  const isDatabaseReady = spec.database.type === 'External' || isPostgresReady(world)
  const rolledOut = migratedObjects(settings)
  const desired = [
    ...foundation,
    ...(setUp.kind !== 'missing' || isDatabaseReady ? [job] : []),
    // Until the database is up to date, what runs stays as it is: the old version works on the old schema.
    ...(setUp.kind === 'done' ? rolledOut : []),
  ]
  const foreign = await context.applier.firstForeign(world.owner, [...desired, ...rolledOut])
  if (foreign) return { certificates, blocked: foreignBlocked(world, foreign) }
  const refusals = await context.applier.applyAll(desired)
  await context.applier.prune(world.owner, [...[...desired, ...rolledOut].map(refOf), ...keptSecrets(world, spec), ...keptJobs(world, job)])
  const isRetried = setUp.kind === 'failed' && (await retriedSetUp(world, job, setUp.failedAt, context))
  const lookAgainMs = isRetried ? 0 : setUp.kind === 'failed' ? SET_UP_RETRY_MS : certificates.lookAgainMs
  return { certificates, settings, setUp, lookAgainMs, ...(refusals[0] ? { blocked: refused(refusals[0]) } : {}) }
}

function refused({ ref, reason }: RejectedObject): Blocked {
  return {
    condition: 'SpecAccepted',
    reason: 'ApplyFailed',
    message: `The API server refused ${ref.kind} ${ref.name}: ${reason.slice(0, 1000)}. All else was applied.`,
    retryAfterMs: 15_000,
  }
}

/** cert-manager writes ca.crt for issuers that are an authority; one on the internet gives none. */
function noAuthority({ tls }: PlatformSpec): Blocked {
  return {
    condition: 'CertificatesReady',
    reason: 'SecretInvalid',
    message: `The certificates of the issuer ${tls.issuerRef?.name} come without ca.crt, so that no part could believe another. Name an issuer with an authority of its own in tls.issuerRef, such as one of the kind CA.`,
    retryAfterMs: 15_000,
  }
}

function foreignBlocked({ owner }: PlatformObservation, { kind, name }: ObjectRef): Blocked {
  return {
    condition: 'SpecAccepted',
    reason: 'ForeignObject',
    message: `${kind} ${name} is needed by ${owner.name} but belongs to somebody else. Rename or delete it, or give the ${owner.kind} another name; nothing was taken over.`,
    retryAfterMs: 15_000,
  }
}

function isPostgresReady(world: PlatformObservation): boolean {
  return workloadState(world.find('StatefulSet', componentName(world.owner.name, 'postgres')))?.isRolledOut ?? false
}

/** An older Job may end what it does. */
function keptJobs({ jobs }: PlatformObservation, job: KubeObject): ObjectRef[] {
  return jobs.filter((other) => other.metadata.name === job.metadata.name || !isFinished(other)).map(refOf)
}

/** For the status alone, when nothing is built: the newest Job speaks. */
async function newestSetUp(world: PlatformObservation, context: OperatorContext): Promise<Progress['setUp']> {
  const age = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? ''
  return stateOfJob([...world.jobs].sort((a, b) => age(a).localeCompare(age(b))).at(-1), context)
}

/** Its pods are asked for only when they matter: while it runs, or when it failed. */
async function stateOfJob(job: KubeObject | undefined, { client, namespace }: OperatorContext): Promise<Progress['setUp']> {
  if (!job) return setUpState(undefined, [])
  const labelSelector = `batch.kubernetes.io/job-name=${job.metadata.name}`
  const query = new URLSearchParams({ labelSelector, limit: '20' })
  const pods = (await client.get(`${pathOf({ apiVersion: 'v1', kind: 'Pod' }, namespace)}?${query}`)) as KubeList
  return setUpState(job, pods.items)
}

/** Deletes a Job that failed some time ago, so that the next look makes it anew. */
async function retriedSetUp(world: PlatformObservation, job: KubeObject, failedAt: Date, { client }: OperatorContext): Promise<boolean> {
  const live = world.find('Job', job.metadata.name)
  if (!live || world.now.getTime() - failedAt.getTime() < SET_UP_RETRY_MS) return false
  await client.delete(live)
  return true
}
