import { type Condition, type ConditionReason, componentName, PLATFORM_CONDITIONS, type PlatformCondition } from '@guardimesh/contracts'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { TRANSIENT_REASONS } from '../kube/ready-events.js'
import type { NewCondition } from '../kube/report-status.js'
import { type WorkloadState, workloadState } from '../kube/workload-state.js'
import { type ConditionState, conditionFalse, conditionTrue } from '../reconcile/condition-state.js'
import type { PlatformObservation } from './observe.js'
import type { Blocked } from './prerequisites.js'
import type { SetUpState } from './set-up-state.js'
import { signaturesCondition } from './signatures-condition.js'

/** What the steps before found out. */
export interface Progress {
  readonly isPaused: boolean
  readonly blocked: Blocked | undefined
  /** Components whose certificate is still to come. */
  readonly missingCertificates: readonly string[]
  readonly setUp: SetUpState
}

type Single = Exclude<PlatformCondition, 'Ready' | 'Progressing'>

/** Every condition of a platform. Pure. */
export function buildPlatformConditions(world: PlatformObservation, progress: Progress): NewCondition[] {
  const spec = world.spec
  const judgements: Record<Single, ConditionState> = {
    SpecAccepted: conditionTrue('The spec is understood, and everything that it names is there.'),
    CertificatesReady: certificates(progress),
    DatabaseReady: database(world, spec, progress),
    Migrated: migrated(progress),
    BackendReady: pods(world, ['backend', 'worker'], progress),
    ConsoleReady: pods(world, ['console'], progress),
    SignaturesReady: signatures(world),
    ScannersReady: scanners(world, spec),
  }
  const { blocked } = progress
  if (blocked && blocked.condition !== 'Ready' && blocked.condition !== 'Progressing')
    judgements[blocked.condition] = conditionFalse(blocked.reason, blocked.message)
  const all = { ...judgements, Progressing: progressing(progress, judgements), Ready: ready(judgements) }
  const observedGeneration = world.resource.metadata.generation ?? 0
  return PLATFORM_CONDITIONS.map((type) => ({ type, ...all[type], observedGeneration }))
}

function ready(judgements: Readonly<Record<Single, ConditionState>>): ConditionState {
  const failing = Object.values(judgements).find(({ status }) => status !== 'True')
  return failing ? conditionFalse(failing.reason, failing.message) : conditionTrue('Everything runs as desired.')
}

function progressing({ isPaused, blocked }: Progress, judgements: Readonly<Record<Single, ConditionState>>): ConditionState {
  if (isPaused) return conditionFalse('Paused', 'The annotation guardimesh.io/paused is set: nothing is changed until it is removed.')
  if (blocked) return conditionFalse(blocked.reason, blocked.message)
  const moving = Object.values(judgements).find(({ status, reason }) => status !== 'True' && TRANSIENT_REASONS.has(reason))
  return moving ? conditionTrue(moving.message, 'RollingOut') : conditionFalse('AsDesired', 'Nothing is being changed.')
}

function certificates({ missingCertificates, blocked }: Progress): ConditionState {
  if (blocked) return conditionTrue('The certificates were left as they are.')
  if (missingCertificates.length === 0) return conditionTrue('Every part has a certificate, and all know its authority.')
  return conditionFalse(
    'WaitingForCertificates',
    `cert-manager has not yet issued the certificates of ${missingCertificates.join(', ')}. If that lasts, see kubectl describe certificates.`,
  )
}

function database(world: PlatformObservation, spec: PlatformSpec | undefined, { setUp }: Progress): ConditionState {
  if (setUp.kind !== 'done' && setUp.outcome?.result === 'database-unreachable') return conditionFalse('Unreachable', setUp.outcome.message)
  if (spec?.database.type === 'External') return conditionTrue('The database is elsewhere; the set-up reaches it, or says why it does not.')
  const name = componentName(world.owner.name, 'postgres')
  const found = workloadState(world.find('StatefulSet', name))
  if (found && found.ready >= found.desired) return conditionTrue('PostgreSQL answers.')
  return conditionFalse(
    'WaitingForDatabase',
    `PostgreSQL is not ready. If that lasts, see kubectl describe statefulset,pod,pvc for ${name}.`,
  )
}

function migrated({ setUp }: Progress): ConditionState {
  const { kind, outcome } = setUp
  if (kind === 'done') return conditionTrue(outcome ? `The database is up to date: ${outcome.schema}.` : 'The database is up to date.')
  if (kind === 'missing') return conditionFalse('WaitingForMigration', 'The database is brought up to date as soon as it answers.')
  if (kind === 'running') return conditionFalse('MigrationRunning', 'The database is being brought up to date; what ran before goes on.')
  const why = outcome?.message || 'The set-up Job failed and left no reason; see its log.'
  const reason = outcome?.result === 'schema-newer' ? 'SchemaNewer' : 'MigrationFailed'
  return conditionFalse(reason, `${why} What ran before goes on; the set-up is tried again every five minutes.`)
}

function pods(world: PlatformObservation, components: readonly ('backend' | 'worker' | 'console')[], { setUp }: Progress): ConditionState {
  const found = components.map((component) => workloadState(world.find('Deployment', componentName(world.owner.name, component))))
  if (found.some((workload) => workload === undefined))
    return conditionFalse('WaitingForMigration', 'It is started as soon as the database is up to date.')
  const workloads = found.filter((workload): workload is WorkloadState => workload !== undefined)
  const lacking = workloads.find(({ ready: readyPods, desired }) => readyPods < desired)
  if (lacking) return conditionFalse('PodsNotReady', `${lacking.ready} of ${lacking.desired} pods of ${lacking.name} are ready.`)
  const moving = workloads.find(({ isRolledOut: isDone }) => !isDone)
  if (moving && setUp.kind === 'done') return conditionFalse('RollingOut', `${moving.name} is being rolled out.`)
  return conditionTrue('All pods are ready.')
}

function signatures(world: PlatformObservation): ConditionState {
  const workload = workloadState(world.find('Deployment', componentName(world.owner.name, 'signature-server')))
  if (!workload || workload.ready < workload.desired) return conditionFalse('PodsNotReady', 'The signature server is not ready.')
  const before = (world.resource.status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions
  const told = before?.find(({ type }) => type === 'SignaturesReady')
  // An operator that has just started has not asked yet: what its predecessor told stands for these seconds.
  if (world.signatures.kind === 'unknown' && told) return { ...told, reason: told.reason as ConditionReason }
  return signaturesCondition(world.signatures)
}

function scanners(world: PlatformObservation, spec: PlatformSpec | undefined): ConditionState {
  if (spec?.scanner.mode === 'Disabled') return conditionTrue('No scanner is wanted in this cluster.', 'NotWanted')
  const resource = world.find('GuardimeshScanner', world.owner.name)
  const conditions = (resource?.status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions
  const found = conditions?.find(({ type }) => type === 'Ready')
  if (!found) return conditionFalse('WaitingForBackend', 'The scanners are started as soon as the database is up to date.')
  return { status: found.status, reason: found.reason as ConditionReason, message: found.message }
}
