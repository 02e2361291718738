import type { ConditionReason, GuardimeshPlatformStatus } from '@guardimesh/contracts'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { administratorSecret } from '../desired/platform-settings.js'
import type { ChildContext } from '../desired/settings.js'
import { type ConditionState, conditionFalse, conditionTrue } from '../reconcile/condition-state.js'
import type { PlatformObservation } from './observe.js'
import { runningDatabaseUrl } from './running-database.js'
import type { SetUpState } from './set-up-state.js'
import { databaseAccess } from './settings.js'

/** Whether the database of the spec has accounts: a version ran with it completely. Another database may be empty. Pure. */
export function hasAccounts(observed: PlatformObservation, child: ChildContext, spec: PlatformSpec): boolean {
  const { version } = (observed.resource.status ?? {}) as GuardimeshPlatformStatus
  const running = runningDatabaseUrl(observed.objects, child)
  return version !== undefined && (running === undefined || running.href === new URL(databaseAccess(observed, child, spec).url).href)
}

/**
 * Builds AdministratorReady. A Secret with another password leaves it true: the accounts are in the database, and users are asked to change
 * the initial password. Pure.
 */
export function administratorReady(observed: PlatformObservation, { kind, outcome }: SetUpState): ConditionState {
  if (kind === 'running') return conditionFalse('MigrationRunning', 'The set-up Job is checking the account of the administrator.')
  if (kind !== 'done')
    return conditionFalse(
      'WaitingForMigration',
      'The account of the administrator is checked as soon as the database schema is up to date.',
    )
  // The pod of the Job is gone.
  if (!outcome) return previousState(observed) ?? conditionTrue('The account of the administrator exists.')
  const secret = observed.spec?.administrator.passwordSecret?.name ?? administratorSecret(observed.owner.name)
  const reset = 'To reset the password of an account, run guardimesh password.'
  if (outcome.administrator === 'password-differs')
    return conditionTrue(
      `Secret ${secret} does not contain the password of ${observed.spec?.administrator.email}: the password was changed in the console, or the Secret was changed later, which has no effect. ${reset}`,
      'PasswordDiffers',
    )
  if (outcome.administrator === 'no-password')
    return conditionTrue(
      `Secret ${secret} does not exist or has no password. The accounts in the database are unchanged. ${reset}`,
      'SecretMissing',
    )
  return conditionTrue(`At the last set-up, Secret ${secret} contained the password of the administrator.`)
}

function previousState({ resource }: PlatformObservation): ConditionState | undefined {
  const { conditions } = (resource.status ?? {}) as GuardimeshPlatformStatus
  const previous = conditions?.find(({ type, status }) => type === 'AdministratorReady' && status === 'True')
  return previous && { status: previous.status, reason: previous.reason as ConditionReason, message: previous.message }
}
