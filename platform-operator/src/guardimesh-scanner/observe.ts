import { componentName, GuardimeshScannerSpec } from '@guardimesh/contracts'
import { type KubeObject, type ObjectRef, type Owner, refKey, refOf } from '../desired/object.js'
import { type ScannerSpec, withScannerDefaults } from '../desired/scanner-defaults.js'
import { NODE_COMPONENTS, scannerObjects } from '../desired/scanner-objects.js'
import { readPodProblem } from '../kube/component-pods.js'
import { SCANNER } from '../kube/kinds.js'
import { type ObservedObjects, readObjects, readSecrets } from '../kube/observed-objects.js'
import { isPaused } from '../reconcile/blocked.js'
import type { OperatorContext } from '../reconcile/context.js'
import { ownerOf, type ParsedSpec, parseSpec } from '../reconcile/parse-spec.js'
import { isWaitingForBackend } from './backend-first.js'
import { daemonSetState, daemonSetsState } from './daemon-set-state.js'
import { OWN_PROFILES } from './own-profiles.js'
import { readWaveObjects, type WaveObjects } from './wave-objects.js'

/** Everything that one reconcile of a GuardimeshScanner decides on. Nothing else is read. */
export interface ScannerObservation extends ParsedSpec<ScannerSpec> {
  readonly now: Date
  readonly resource: KubeObject
  readonly owner: Owner
  /** All objects that the operator manages, and those that have the name of an object of this scanner. */
  readonly objects: ObservedObjects
  /** Names of the objects that this resource owns; empty while the spec is invalid. */
  readonly ownedNames: readonly ObjectRef[]
  /** Existing objects that this resource owns, for pruning. */
  readonly children: readonly KubeObject[]
  /** Secrets that the spec refers to, by name; undefined if one does not exist. */
  readonly secrets: ReadonlyMap<string, KubeObject | undefined>
  /** In the order of NODE_COMPONENTS; undefined if it does not exist. */
  readonly daemonSets: readonly (KubeObject | undefined)[]
  /** Why a pod of a node does not become ready, in the words of Kubernetes; undefined if all are ready. */
  readonly podProblem: string | undefined
  /** An update to other images waits until the API of the same release runs them: an older API rejects results of newer scanners. */
  readonly isWaitingForBackend: boolean
  /** Pods and nodes; undefined unless an update in waves is in progress. */
  readonly waveObjects: WaveObjects | undefined
}

/** Reads the state of one GuardimeshScanner. @returns undefined if it is deleted. */
export async function observeScanner(name: string, context: OperatorContext): Promise<ScannerObservation | undefined> {
  const { cache, cluster, namespace, clock } = context
  const resource = cache.find({ ...SCANNER, name })
  if (!resource || resource.metadata.deletionTimestamp) return undefined
  const owner = ownerOf(resource, SCANNER, namespace)
  const parsed = parseSpec(resource, GuardimeshScannerSpec, withScannerDefaults)
  const { spec } = parsed
  const child = spec && { owner, images: context.imageSettings(spec.images), cluster, ownProfiles: OWN_PROFILES }
  // The hash of the API key decides what the objects contain, never how they are named.
  const ownedNames = child && spec ? scannerObjects({ ...child, spec, keyHash: '' }).map(refOf) : []
  const objects = await readObjects(context, ownedNames)
  const daemonSets = NODE_COMPONENTS.map((component) =>
    objects.get(refKey({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: componentName(name, component) })),
  )
  return {
    ...parsed,
    now: clock(),
    resource,
    owner,
    objects,
    ownedNames,
    children: cache.childrenOf(owner.uid),
    secrets: await readSecrets(context, spec ? secretNames(spec) : []),
    daemonSets,
    podProblem: await findPodProblem(daemonSets, owner, context),
    isWaitingForBackend: child !== undefined && isWaitingForBackend(resource, daemonSets[0], child.images.references, context),
    waveObjects: spec && hasWaveInProgress(resource, spec, daemonSets) ? await readWaveObjects(owner, context) : undefined,
  }
}

/**
 * Whether nodes wait for an update in waves. A DaemonSet whose controller has not seen its newest generation has no usable counts yet. A
 * wave that was reported is followed to its end, for the pause after it.
 */
function hasWaveInProgress(resource: KubeObject, spec: ScannerSpec, daemonSets: ScannerObservation['daemonSets']): boolean {
  const state = daemonSetsState(daemonSets)
  if (spec.updateStrategy.type !== 'Waves' || !state?.isObserved || isPaused(resource)) return false
  const reportedWave = (resource.status as { readonly wave?: string } | undefined)?.wave
  return state.updated < state.desired || reportedWave !== undefined
}

async function findPodProblem(
  daemonSets: ScannerObservation['daemonSets'],
  owner: Owner,
  context: Parameters<typeof readPodProblem>[2],
): Promise<string | undefined> {
  for (const [index, component] of NODE_COMPONENTS.entries()) {
    const daemonSet = daemonSets[index]
    const state = daemonSet && daemonSetState(daemonSet)
    const problem = state && state.ready < state.desired ? await readPodProblem(owner, component, context) : undefined
    if (problem !== undefined) return problem
  }
  return undefined
}

function secretNames({ apiKeySecret, backend, signatureServer, images }: ScannerSpec): string[] {
  const secrets = [
    apiKeySecret,
    backend.caSecret,
    signatureServer.caSecret,
    signatureServer.catalogKeySecret,
    ...(images?.pullSecrets ?? []),
  ]
  return secrets.flatMap((secret) => (secret ? [secret.name] : []))
}
