import { contentHash, type KubeObject, refKey, refOf } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'
import { scannerObjects } from '../desired/scanner-objects.js'
import { firstForeignObject } from '../kube/observed-objects.js'
import { reportStatus } from '../kube/report-status.js'
import type { WorkResult } from '../kube/work-queue.js'
import { applyFailed, BLOCKED_REQUEUE_MS, foreignObject, isPaused } from '../reconcile/blocked.js'
import type { OperatorContext } from '../reconcile/context.js'
import { buildScannerStatus, type ScannerProgress } from './conditions.js'
import { observeScanner, type ScannerObservation } from './observe.js'
import { OWN_PROFILES } from './own-profiles.js'
import { firstUnmetPrerequisite } from './prerequisites.js'
import { continueWaves } from './update-waves.js'

/** A change of the API's Deployment queues its platform only. */
const BACKEND_REQUEUE_MS = 3_000

/** Brings the scanners closer to their spec and reports the result in the status of their resource. */
export async function reconcileScanner(name: string, context: OperatorContext): Promise<WorkResult> {
  const observed = await observeScanner(name, context)
  if (!observed) return 'gone'
  const { applied = [], ...progress } = await applyDesiredState(observed, context)
  // A DaemonSet that was changed a moment ago is not updated, although the watch has not reported it yet.
  const daemonSets = observed.daemonSets.map((daemonSet) => (daemonSet && applied.find(isSame(daemonSet))) ?? daemonSet)
  const status = buildScannerStatus({ ...observed, daemonSets }, progress)
  await reportStatus(context.client, observed.resource, status)
  if (observed.isWaitingForBackend) return { requeueAfterMs: BACKEND_REQUEUE_MS }
  // Pods are not watched: the reason of one that cannot start is read again.
  const pollMs = progress.blocked || status.nodesReady !== status.nodesDesired ? BLOCKED_REQUEUE_MS : undefined
  return { requeueAfterMs: progress.waves?.requeueAfterMs ?? pollMs }
}

const isSame = (one: KubeObject) => (other: KubeObject) => refKey(refOf(one)) === refKey(refOf(other))

interface AppliedProgress extends ScannerProgress {
  /** The changed objects as the API server returned them. */
  readonly applied?: readonly KubeObject[]
}

async function applyDesiredState(observed: ScannerObservation, context: OperatorContext): Promise<AppliedProgress> {
  const { owner, spec } = observed

  // Paused scanners keep their objects; only their status is updated.
  if (isPaused(observed.resource)) return { isPaused: true }

  // The user has to correct the spec or one of its Secrets first.
  const unmet = firstUnmetPrerequisite(observed)
  if (!spec || unmet) return { isPaused: false, blocked: unmet }

  // An object of another owner has a name that we need. It is never overwritten.
  const foreign = firstForeignObject(owner, observed.ownedNames, observed.objects)
  if (foreign) return { isPaused: false, blocked: foreignObject(owner, foreign) }

  // The API is migrated and rolled out first.
  if (observed.isWaitingForBackend) return { isPaused: false, waitsForBackend: true }

  const desired = buildDesiredObjects(observed, spec, context)
  const { applied, rejected } = await context.applier.applyAll(desired, observed.objects)
  await context.applier.prune(observed.children, desired.map(refOf))

  // The API server rejected an object, for example because of an admission policy.
  if (rejected[0]) return { isPaused: false, applied, blocked: applyFailed(rejected[0]) }

  return { isPaused: false, applied, waves: await continueWaves(observed, context), version: context.version }
}

function buildDesiredObjects({ owner, secrets }: ScannerObservation, spec: ScannerSpec, context: OperatorContext): KubeObject[] {
  const { name, key } = spec.apiKeySecret
  const apiKey = (secrets.get(name)?.data as Readonly<Record<string, string>> | undefined)?.[key]
  const images = context.imageSettings(spec.images)
  return scannerObjects({ owner, images, cluster: context.cluster, spec, keyHash: contentHash(apiKey), ownProfiles: OWN_PROFILES })
}
