import { type Condition, type ConditionReason, componentName, PLATFORM_CONDITIONS, type PlatformCondition } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { TRANSIENT_REASONS } from '../kube/ready-events.js'
import type { NewCondition } from '../kube/report-status.js'
import { type WorkloadState, workloadState } from '../kube/workload-state.js'
import { type ConditionState, conditionFalse, conditionTrue, NO_CHANGES, PAUSED, SPEC_ACCEPTED } from '../reconcile/condition-state.js'
import { administratorReady } from './administrator.js'
import { databaseReady, migrated } from './database-conditions.js'
import { findObject, type PlatformObservation } from './observe.js'
import type { Progress } from './progress.js'
import { isReplacedAuthorityPending } from './replaced-authority.js'
import { signaturesCondition } from './signatures-condition.js'

type ComponentCondition = Exclude<PlatformCondition, 'Ready' | 'Progressing'>
type ComponentStates = Readonly<Record<ComponentCondition, ConditionState>>

/** Builds all conditions of a platform. Pure. */
export function buildPlatformConditions(observed: PlatformObservation, progress: Progress): NewCondition[] {
  const states: Record<ComponentCondition, ConditionState> = {
    SpecAccepted: SPEC_ACCEPTED,
    CertificatesReady: certificatesReady(progress),
    DatabaseReady: databaseReady(observed, progress),
    Migrated: migrated(observed, progress),
    AdministratorReady: administratorReady(observed, progress.setUp),
    BackendReady: podsReady(observed, ['backend', 'worker'], progress),
    ConsoleReady: podsReady(observed, ['console'], progress),
    SignaturesReady: signaturesReady(observed),
    ScannersReady: scannersReady(observed),
  }
  const { blocked } = progress
  if (blocked && blocked.condition !== 'Ready' && blocked.condition !== 'Progressing')
    states[blocked.condition] = conditionFalse(blocked.reason, blocked.message)
  const all = { ...states, Progressing: progressing(progress, states), Ready: ready(states) }
  const observedGeneration = observed.resource.metadata.generation ?? 0
  return PLATFORM_CONDITIONS.map((type) => ({ type, ...all[type], observedGeneration }))
}

function ready(states: ComponentStates): ConditionState {
  const failing = Object.values(states).find(({ status }) => status !== 'True')
  return failing ? conditionFalse(failing.reason, failing.message) : conditionTrue('All components are ready.')
}

function progressing({ isPaused, blocked }: Progress, states: ComponentStates): ConditionState {
  if (isPaused) return PAUSED
  if (blocked) return conditionFalse(blocked.reason, blocked.message)
  const transient = Object.values(states).find(({ status, reason }) => status !== 'True' && TRANSIENT_REASONS.has(reason))
  return transient ? conditionTrue(transient.message, 'RollingOut') : NO_CHANGES
}

function certificatesReady({ missingCertificates, blocked }: Progress): ConditionState {
  if (blocked) return conditionTrue('The certificates are unchanged.')
  if (missingCertificates.length === 0) return conditionTrue('All components have a certificate of a trusted authority.')
  return conditionFalse(
    'WaitingForCertificates',
    `Waiting for cert-manager to issue the certificates of ${missingCertificates.join(', ')}. If this persists, check kubectl describe certificates.`,
  )
}

function podsReady(
  observed: PlatformObservation,
  components: readonly ('backend' | 'worker' | 'console')[],
  { setUp }: Progress,
): ConditionState {
  const found = components.map((component) =>
    workloadState(findObject(observed, 'Deployment', componentName(observed.owner.name, component))),
  )
  if (found.some((workload) => workload === undefined))
    return conditionFalse('WaitingForMigration', 'Starts as soon as the database schema is up to date.')
  const workloads = found.filter((workload): workload is WorkloadState => workload !== undefined)
  const cause = components.flatMap((component) => observed.podProblems.get(component) ?? [])[0]
  const because = cause ? ` ${cause}` : ''
  const unready = workloads.find((workload) => workload.ready < workload.desired)
  if (unready)
    return conditionFalse('PodsNotReady', `${unready.name}: ${unready.ready} of ${formatCount(unready.desired, 'pod')} ready.${because}`)
  const rollingOut = workloads.find(({ isRolledOut }) => !isRolledOut)
  if (rollingOut && setUp.kind === 'done') return conditionFalse('RollingOut', `${rollingOut.name} is rolling out.${because}`)
  return conditionTrue('All pods are ready.')
}

function signaturesReady(observed: PlatformObservation): ConditionState {
  const workload = workloadState(findObject(observed, 'Deployment', componentName(observed.owner.name, 'signature-server')))
  const cause = observed.podProblems.get('signature-server')
  const because = cause ? ` ${cause}` : ''
  if (!workload || workload.ready < workload.desired) return conditionFalse('PodsNotReady', `The signature server is not ready.${because}`)
  if (!workload.isRolledOut)
    return conditionFalse('RollingOut', `The signature server restarts with new keys, settings or another version.${because}`)
  const previous = conditionIn(observed.resource.status, 'SignaturesReady')
  // After a restart, the operator keeps the last reported state until it has polled the signature server.
  if (observed.signatures.kind === 'unknown' && previous) return { ...previous, reason: previous.reason as ConditionReason }
  return signaturesCondition(observed.signatures, observed.spec?.signatureServer.trustedKeys ?? [])
}

function scannersReady(observed: PlatformObservation): ConditionState {
  if (observed.spec?.scanner.mode === 'Disabled') return conditionTrue('Scanners are disabled in this cluster.', 'Disabled')
  const scanner = findObject(observed, 'GuardimeshScanner', observed.owner.name)
  const scannerReady = conditionIn(scanner?.status, 'Ready')
  if (!scannerReady) return conditionFalse('WaitingForBackend', 'The scanners start as soon as the database schema is up to date.')
  if ((scannerReady.observedGeneration ?? 0) < (scanner?.metadata.generation ?? 0))
    return conditionFalse('RollingOut', 'The scanners have not been updated yet.')
  if (scannerReady.status === 'True' && isReplacedAuthorityPending(observed))
    return conditionFalse(
      'RollingOut',
      'The certificate authority was replaced. Until scanners have read it, within two minutes, results may wait.',
    )
  return { status: scannerReady.status, reason: scannerReady.reason as ConditionReason, message: scannerReady.message }
}

function conditionIn(status: unknown, wanted: string): Condition | undefined {
  return (status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions?.find(({ type }) => type === wanted)
}
