import { ANNOTATIONS } from '@guardimesh/contracts'
import { contentHash, type KubeObject, refOf } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'
import { scannerObjects } from '../desired/scanner-objects.js'
import { reportStatus } from '../kube/report-status.js'
import type { WorkResult } from '../kube/work-queue.js'
import type { OperatorContext } from '../reconcile/context.js'
import { buildScannerStatus, type ScannerProgress } from './conditions.js'
import { daemonSetState } from './daemon-set-state.js'
import { observeScanner, type ScannerObservation } from './observe.js'
import { firstUnmetPrerequisite, type ScannerBlocked } from './prerequisites.js'
import { updateInWaves } from './update-waves.js'
import type { WavePlan } from './waves.js'

/** Secrets that people make are not watched, so they are looked at again soon. */
const LOOK_AGAIN_MS = 15_000

/** Makes the scanners as their resource says, one step nearer each time. */
export async function reconcileScanner(name: string, context: OperatorContext): Promise<WorkResult> {
  const world = await observeScanner(name, context)
  if (!world) return 'gone'
  const isPaused = world.resource.metadata.annotations?.[ANNOTATIONS.paused] === 'true'
  const blocked = isPaused ? undefined : (firstUnmetPrerequisite(world) ?? (await build(world, context)))
  const isBuilt = !isPaused && !blocked
  const waves = isBuilt ? await wavesOf(world, context) : undefined
  const progress: ScannerProgress = { isPaused, blocked, waves, version: isBuilt ? context.version : undefined }
  await reportStatus(context.client, world.resource, buildScannerStatus(world, progress))
  return { retryAfterMs: blocked ? LOOK_AGAIN_MS : waves?.requeueAfterMs }
}

async function build(world: ScannerObservation, context: OperatorContext): Promise<ScannerBlocked | undefined> {
  const { owner, spec } = world
  if (!spec) return undefined
  const desired = desiredObjects(world, spec, context)
  const foreign = await context.applier.firstForeign(owner, desired)
  if (foreign)
    return {
      reason: 'ForeignObject',
      message: `${foreign.kind} ${foreign.name} is needed by ${owner.name} but belongs to somebody else. Rename or delete it, or give the ${owner.kind} another name; nothing was taken over.`,
    }
  const [refusal] = await context.applier.applyAll(desired)
  await context.applier.prune(owner, desired.map(refOf))
  if (!refusal) return undefined
  const { ref, reason } = refusal
  return {
    reason: 'ApplyFailed',
    message: `The API server refused ${ref.kind} ${ref.name}: ${reason.slice(0, 1000)}. All else was applied.`,
  }
}

function desiredObjects({ owner, secrets }: ScannerObservation, spec: ScannerSpec, context: OperatorContext): KubeObject[] {
  const key = (secrets.get(spec.apiKeySecret.name)?.data as Readonly<Record<string, string>> | undefined)?.[spec.apiKeySecret.key]
  return scannerObjects({ owner, images: context.imageSettings(spec.images), cluster: context.cluster, spec, keyHash: contentHash(key) })
}

/** The cache may not have heard of the newest form yet: then the DaemonSet's controller has neither, and the next change comes soon. */
async function wavesOf(world: ScannerObservation, context: OperatorContext): Promise<WavePlan | undefined> {
  const { spec, daemonSet } = world
  const state = daemonSetState(daemonSet)
  if (!spec || !daemonSet || spec.updateStrategy.type !== 'Waves' || !state?.isSeen) return undefined
  return state.updated < state.desired || waveOf(world)
    ? updateInWaves(world, { spec, daemonSet, desired: state.desired }, context)
    : undefined
}

/** A wave that was begun is watched to its end. */
function waveOf({ resource }: ScannerObservation): string | undefined {
  return (resource.status as { readonly wave?: string } | undefined)?.wave
}
