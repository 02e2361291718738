import { componentName } from '@guardimesh/contracts'
import { certManagerCertificates } from '../desired/certificates.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { foundationObjects, migratedObjects } from '../desired/platform-objects.js'
import { setUpJob } from '../desired/set-up-job.js'
import type { ChildContext } from '../desired/settings.js'
import { firstForeignObject, isOwned } from '../kube/observed-objects.js'
import { reportStatus } from '../kube/report-status.js'
import type { WorkResult } from '../kube/work-queue.js'
import { workloadState } from '../kube/workload-state.js'
import { applyFailed, BLOCKED_REQUEUE_MS, foreignObject, isPaused } from '../reconcile/blocked.js'
import type { OperatorContext } from '../reconcile/context.js'
import type { Progress } from './conditions.js'
import { keptSecrets } from './object-names.js'
import { findObject, observePlatform, type PlatformObservation } from './observe.js'
import { firstUnmetPrerequisite, issuerWithoutAuthority } from './prerequisites.js'
import { ensureSecretsAndCertificates } from './secrets-and-certificates.js'
import { newestSetUpState, retryFailedSetUp, setUpState, unfinishedJobs } from './set-up-state.js'
import { platformSettings } from './settings.js'
import { buildPlatformStatus } from './status.js'

/** Brings a platform closer to its spec and reports the result in its status. */
export async function reconcilePlatform(name: string, context: OperatorContext): Promise<WorkResult> {
  const observed = await observePlatform(name, context)
  if (!observed) return 'gone'
  const progress = await applyDesiredState(observed, context)
  await reportStatus(context.client, observed.resource, buildPlatformStatus(observed, progress))
  return { requeueAfterMs: progress.blocked ? BLOCKED_REQUEUE_MS : progress.requeueAfterMs }
}

async function applyDesiredState(observed: PlatformObservation, context: OperatorContext): Promise<Progress> {
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

  const setUp = setUpState(existingJob, observed.setUpPods.get(job.metadata.name) ?? [])
  const migrated = migratedObjects(settings)
  const desired = [
    ...foundationObjects(settings),
    ...(existingJob || isDatabaseReady(observed, spec) ? [job] : []),
    // Until the database is migrated, the old version keeps running on the old schema.
    ...(setUp.kind === 'done' ? migrated : []),
  ]
  const rejectedObjects = await context.applier.applyAll(desired, withObject(objects, existingJob))
  const kept = [...requests, ...desired, ...migrated, job, ...unfinishedJobs(observed)].map(refOf)
  await context.applier.prune(observed.children, [...kept, ...keptSecrets(observed, spec)])

  const retryAfterMs = await retryFailedSetUp(setUp, existingJob, observed.now, context)
  const applied: Progress = { ...unchanged, settings, setUp }

  // The API server rejected an object, for example because a volume cannot grow.
  const [firstRejected] = [...rejected, ...rejectedObjects]
  if (firstRejected) return { ...applied, blocked: { condition: 'SpecAccepted', ...applyFailed(firstRejected) } }

  return { ...applied, requeueAfterMs: retryAfterMs ?? certificates.requeueAfterMs }
}

/** The only read after a write: the name of the Job contains a hash of Secrets that this reconcile may just have created. */
async function readSetUpJob(job: KubeObject, observed: PlatformObservation, context: OperatorContext): Promise<KubeObject | undefined> {
  return findObject(observed, 'Job', job.metadata.name) ?? context.client.read(job, context.namespace, job.metadata.name)
}

function withObject(objects: PlatformObservation['objects'], object: KubeObject | undefined): PlatformObservation['objects'] {
  return object ? new Map([...objects, [refKey(refOf(object)), object]]) : objects
}

function isDatabaseReady(observed: PlatformObservation, spec: PlatformSpec): boolean {
  if (spec.database.type === 'External') return true
  return workloadState(findObject(observed, 'StatefulSet', componentName(observed.owner.name, 'postgres')))?.isRolledOut ?? false
}
