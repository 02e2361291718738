import type { Queryable } from '../database/database.js'

/** Channel of ended sessions and changed roles, for open event streams; the payload is empty. */
export const SESSIONS_CHANNEL = 'guardimesh_sessions'

/** Ends all sessions of an account with their event streams, and logins that wait for a code. @param exceptHash SHA-256 of the token of a session to keep, hexadecimal. */
export async function endSessions(tx: Queryable, accountId: string, exceptHash = ''): Promise<void> {
  await tx.execute(`DELETE FROM sessions WHERE account_id = $1 AND token_hash <> decode($2, 'hex')`, [accountId, exceptHash])
  await tx.execute('DELETE FROM login_challenges WHERE account_id = $1', [accountId])
  await announceSessionChange(tx)
}

/** Makes all processes check the access of open event streams again when the transaction commits. */
export async function announceSessionChange(tx: Queryable): Promise<void> {
  await tx.query<object>(`SELECT pg_notify($1, '')`, [SESSIONS_CHANNEL])
}
