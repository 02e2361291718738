import { componentName, type GuardimeshPlatformStatus } from '@guardimesh/contracts'
import { certManagerCertificates } from '../desired/certificates.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { foundationObjects, migratedObjects } from '../desired/platform-objects.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import { setUpJob } from '../desired/set-up-job.js'
import type { ChildContext } from '../desired/settings.js'
import { firstForeignObject, isOwned } from '../kube/observed-objects.js'
import { podProblem } from '../kube/pod-problem.js'
import { TRANSIENT_REASONS } from '../kube/ready-events.js'
import { reportStatus } from '../kube/report-status.js'
import type { WorkResult } from '../kube/work-queue.js'
import { workloadState } from '../kube/workload-state.js'
import { applyFailed, BLOCKED_REQUEUE_MS, foreignObject, isPaused } from '../reconcile/blocked.js'
import type { OperatorContext } from '../reconcile/context.js'
import { keptSecrets } from './object-names.js'
import { findObject, observePlatform, type PlatformObservation } from './observe.js'
import { firstUnmetPrerequisite, issuerWithoutAuthority } from './prerequisites.js'
import type { Progress } from './progress.js'
import { ensureSecretsAndCertificates } from './secrets-and-certificates.js'
import { newestSetUpState, retryFailedSetUp, setUpState } from './set-up-state.js'
import { platformSettings } from './settings.js'
import { buildPlatformStatus } from './status.js'
import { firstShrunkVolume } from './volume-size.js'

/** A pod that cannot start shows its reason after this long. */
const PODS_REQUEUE_MS = 5_000
const STATEFUL_SET = { apiVersion: 'apps/v1', kind: 'StatefulSet' }
type Status = Pick<GuardimeshPlatformStatus, 'conditions'>

/** Brings a platform closer to its spec and reports the result in its status. */
export async function reconcilePlatform(name: string, context: OperatorContext): Promise<WorkResult> {
  const observed = await observePlatform(name, context)
  if (!observed) return 'gone'
  const { applied, ...progress } = await applyDesiredState(observed, context)
  // A workload that was changed a moment ago is not ready, although the watch has not reported it yet.
  const current = { ...observed, objects: withObjects(observed.objects, applied ?? []) }
  const status = buildPlatformStatus(current, progress)
  await reportStatus(context.client, observed.resource, status)
  return { requeueAfterMs: requeueAfterMs(progress, status) }
}

/** Pods and the Secrets of users are not watched. */
function requeueAfterMs({ blocked, requeueAfterMs: wantedMs = Number.POSITIVE_INFINITY }: Progress, { conditions = [] }: Status) {
  const waitsForPods = conditions.some(({ status, reason }) => status !== 'True' && TRANSIENT_REASONS.has(reason))
  const delayMs = Math.min(wantedMs, blocked ? BLOCKED_REQUEUE_MS : wantedMs, waitsForPods ? PODS_REQUEUE_MS : wantedMs)
  return Number.isFinite(delayMs) ? delayMs : undefined
}

interface AppliedProgress extends Progress {
  /** The changed objects as the API server returned them. */
  readonly applied?: readonly KubeObject[]
}

async function applyDesiredState(observed: PlatformObservation, context: OperatorContext): Promise<AppliedProgress> {
  const { owner, spec } = observed
  const unchanged: Progress = { isPaused: false, missingCertificates: [], setUp: newestSetUpState(observed) }

  // A paused platform keeps its objects; only its status is updated.
  if (isPaused(observed.resource)) return { ...unchanged, isPaused: true }

  // The user has to correct the spec or one of its Secrets first.
  const unmet = firstUnmetPrerequisite(observed)
  if (!spec || unmet) return { ...unchanged, blocked: unmet }

  // An object of another owner has a name that we need. It is never overwritten.
  const foreign = firstForeignObject(owner, observed.ownedNames, observed.objects)
  if (foreign) return { ...unchanged, blocked: { condition: 'SpecAccepted', ...foreignObject(owner, foreign) } }

  const child: ChildContext = { owner, images: context.imageSettings(spec.images), cluster: observed.cluster }
  const requests = spec.tls.issuer === 'CertManager' ? certManagerCertificates({ ...child, spec }) : []
  const { certificates, objects, rejected } = await ensureSecretsAndCertificates(observed, spec, { child, requests }, context)

  // cert-manager has yet to issue certificates; their Secrets trigger the next reconcile.
  if (certificates.missing.length > 0) return { ...unchanged, missingCertificates: certificates.missing }

  // Without an authority, the components could not verify each other.
  if (certificates.caBundle === undefined) return { ...unchanged, blocked: issuerWithoutAuthority(spec) }

  const settings = platformSettings({ ...observed, objects }, child, spec, certificates.caBundle)
  const job = setUpJob(settings)
  const existingJob = await readSetUpJob(job, observed, context)

  // The name of the set-up Job is checked last, as it contains a hash of the Secrets.
  if (existingJob && !isOwned(existingJob, owner))
    return { ...unchanged, blocked: { condition: 'SpecAccepted', ...foreignObject(owner, refOf(job)) } }

  const prepared = { ...observed, spec, objects }
  const progress = await applyPlatform(prepared, { settings, requests, job, existingJob }, context)
  const retryAfterMs = await retryFailedSetUp(progress.setUp, existingJob, observed.now, context)
  const blocked = rejected[0] ? ({ condition: 'SpecAccepted', ...applyFailed(rejected[0]) } as const) : progress.blocked
  return { ...progress, blocked, requeueAfterMs: retryAfterMs ?? certificates.requeueAfterMs }
}

interface DesiredPlatform {
  readonly settings: PlatformSettings
  /** Certificates for cert-manager. */
  readonly requests: readonly KubeObject[]
  readonly job: KubeObject
  readonly existingJob: KubeObject | undefined
}

/** Applies all objects whose prerequisites are met, and deletes those that are no longer needed. */
async function applyPlatform(
  observed: PlatformObservation,
  { settings, requests, job, existingJob }: DesiredPlatform,
  context: OperatorContext,
): Promise<AppliedProgress> {
  const { spec, owner } = settings
  const jobPods = observed.setUpPods.get(job.metadata.name) ?? []
  const setUp = setUpState(existingJob, jobPods)
  const migrated = migratedObjects(settings)
  const desired = [
    ...foundationObjects(settings),
    ...(existingJob || isDatabaseReady(observed, spec) ? [job] : []),
    // Until the database is migrated, the old version keeps running on the old schema and database.
    ...(setUp.kind === 'done' ? migrated : []),
  ]
  const { applied, rejected } = await context.applier.applyAll(desired, withObjects(observed.objects, existingJob ? [existingJob] : []))
  // The Job of an earlier spec is not kept: it would keep trying. The bundled database is, until all pods use its successor.
  const kept = [...requests, ...desired, ...migrated, job].map(refOf)
  if (spec.database.isBundledNeeded) kept.push({ ...STATEFUL_SET, name: componentName(owner.name, 'postgres') })
  await context.applier.prune(observed.children, [...kept, ...keptSecrets(observed, spec)])

  // The API server rejected an object, for example because a volume cannot grow; or a volume would have to shrink.
  const problem = rejected[0] ? applyFailed(rejected[0]) : firstShrunkVolume(observed)
  const blocked = problem && ({ condition: 'SpecAccepted', ...problem } as const)
  return { isPaused: false, missingCertificates: [], settings, setUp, setUpProblem: podProblem(jobPods), applied, blocked }
}

/** The only read after a write: the name of the Job contains a hash of Secrets that this reconcile may just have created. */
async function readSetUpJob(job: KubeObject, observed: PlatformObservation, context: OperatorContext): Promise<KubeObject | undefined> {
  return findObject(observed, 'Job', job.metadata.name) ?? context.client.read(job, context.namespace, job.metadata.name)
}

function withObjects(objects: PlatformObservation['objects'], changed: readonly KubeObject[]): PlatformObservation['objects'] {
  return new Map([...objects, ...changed.map((object) => [refKey(refOf(object)), object] as const)])
}

function isDatabaseReady(observed: PlatformObservation, spec: PlatformSpec): boolean {
  if (spec.database.type === 'External') return true
  return workloadState(findObject(observed, 'StatefulSet', componentName(observed.owner.name, 'postgres')))?.isRolledOut ?? false
}
