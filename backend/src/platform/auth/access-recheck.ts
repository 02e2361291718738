import { GuardError } from '@guardimesh/kit'
import type { PostgresListener } from '../notify/postgres-listener.js'
import type { Actor } from './actor.js'
import { API_KEYS_CHANNEL } from './api-key-verifier.js'
import type { Authenticator } from './authenticator.js'
import type { Credentials } from './credentials.js'
import { SESSIONS_CHANNEL } from './end-sessions.js'

/** Credentials of a response that stays open, with the actor at its start. */
export interface OpenAccess {
  readonly identity: Exclude<Credentials, { kind: 'none' }>
  readonly actor: Actor
}

/** Calls `recheck` after changes of sessions, roles and API keys. */
export function onAccessChange(listener: PostgresListener, recheck: () => void): void {
  // ApiKeyVerifier clears its cache on the same message; setImmediate runs the check after that.
  const recheckSoon = () => setImmediate(recheck)
  for (const channel of [API_KEYS_CHANNEL, SESSIONS_CHANNEL])
    listener.subscribe(channel, { onMessage: recheckSoon, onReconnect: recheckSoon })
}

/** Checks the access of an open response again: `changed` with another role, `lost` if the session ended or the key was revoked. */
export async function recheckAccess(authenticator: Authenticator, { identity, actor }: OpenAccess): Promise<'same' | 'changed' | 'lost'> {
  try {
    return roleOf(await authenticator.identify(identity)) === roleOf(actor) ? 'same' : 'changed'
  } catch (error) {
    // An unavailable database does not revoke access.
    return error instanceof GuardError && error.isRetryable ? 'same' : 'lost'
  }
}

/** Undefined for an API key, whose scopes never change. */
function roleOf(actor: Actor): string | undefined {
  return actor.kind === 'account' ? actor.account.role : undefined
}
