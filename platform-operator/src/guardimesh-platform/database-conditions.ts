import { componentName } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { workloadState } from '../kube/workload-state.js'
import { type ConditionState, conditionFalse, conditionTrue } from '../reconcile/condition-state.js'
import { findObject, type PlatformObservation } from './observe.js'
import type { Progress } from './progress.js'
import { describeDatabase, runningDatabaseUrl } from './running-database.js'
import { SET_UP_RETRY_MS } from './set-up-state.js'

/** Builds DatabaseReady. Pure. */
export function databaseReady(observed: PlatformObservation, progress: Progress): ConditionState {
  const { setUp, settings } = progress
  const wanted = settings ? describeDatabase(new URL(settings.database.url), settings) : undefined
  if (setUp.kind !== 'done' && setUp.outcome?.result === 'database-unreachable') {
    const target = wanted ?? 'the database'
    return conditionFalse('Unreachable', `Failed to connect to ${target}: ${asSentence(setUp.outcome.message)} ${runningText(observed)}`)
  }
  const switching = switchingState(observed, progress)
  if (switching) return switching
  if (observed.spec?.database.type === 'External')
    return conditionTrue(
      setUp.kind === 'done' && wanted
        ? `The set-up Job connected to ${wanted}.`
        : 'The database is external. The set-up Job reports whether it is reachable.',
    )
  return bundledReady(observed)
}

function bundledReady(observed: PlatformObservation): ConditionState {
  const name = componentName(observed.owner.name, 'postgres')
  if (workloadState(findObject(observed, 'StatefulSet', name))?.isRolledOut) return conditionTrue('PostgreSQL is ready.')
  const cause = observed.podProblems.get('postgres')
  return conditionFalse(
    'WaitingForDatabase',
    cause
      ? `PostgreSQL is not ready. ${cause}`
      : `PostgreSQL is not ready. If this persists, check kubectl describe statefulset,pod,pvc for ${name}.`,
  )
}

/** While the set-up Job prepares another database than the one in use. */
function switchingState(observed: PlatformObservation, { setUp, settings }: Progress): ConditionState | undefined {
  const running = runningDatabaseUrl(observed.objects, observed)
  if (!settings || !running || setUp.kind === 'done') return undefined
  const wanted = new URL(settings.database.url)
  if (wanted.host === running.host && wanted.pathname === running.pathname) return undefined
  // The bundled database has to start first, which its own state describes.
  if (setUp.kind === 'missing') return undefined
  return conditionFalse(
    'SwitchingDatabase',
    `Switching to ${describeDatabase(wanted, settings)} as soon as the set-up Job has prepared it. Existing data is not copied. ${runningText(observed)}`,
  )
}

/** Builds Migrated. Pure. */
export function migrated(observed: PlatformObservation, { setUp, setUpProblem }: Progress): ConditionState {
  const { kind, outcome } = setUp
  if (kind === 'done') return conditionTrue(`The database schema is up to date${outcome ? `: ${outcome.schema}` : ''}.`)
  if (kind === 'missing') return conditionFalse('WaitingForMigration', 'The database schema is migrated as soon as the database is ready.')
  const running = runningText(observed)
  if (kind === 'running')
    return conditionFalse('MigrationRunning', ['The set-up Job is migrating the database schema.', setUpProblem, running].join(' ').trim())
  const cause = outcome?.message ? asSentence(outcome.message) : (setUpProblem ?? 'The set-up Job failed without a reason. Check its log.')
  const reason = outcome?.result === 'schema-newer' ? 'SchemaNewer' : 'MigrationFailed'
  const interval = formatCount(SET_UP_RETRY_MS / 60_000, 'minute')
  return conditionFalse(reason, `${cause} ${running} The set-up Job is retried every ${interval}.`)
}

/** States what runs while a change is prepared. Pure. */
function runningText(observed: PlatformObservation): string {
  const url = runningDatabaseUrl(observed.objects, observed)
  const backend = workloadState(findObject(observed, 'Deployment', componentName(observed.owner.name, 'backend')))
  if (!url || !backend) return 'No version of the backend runs yet.'
  const database = describeDatabase(url, observed)
  return backend.ready > 0
    ? `The previous version keeps running with ${database}.`
    : `The previous version, which uses ${database}, is not ready.`
}

function asSentence(message: string): string {
  const text = message.trim()
  return /[.!?]$/.test(text) ? text : `${text}.`
}
