import { DAY_MS, EXCEPTION_UNUSED_DAYS, type ExceptionView } from '@guardimesh/contracts'

export const EXCEPTION_COLUMNS = `exception_id AS "exceptionId", criteria, is_broad AS "isBroad", reason, created_at AS "createdAt",
  created_by AS "createdBy", updated_at AS "updatedAt", updated_by AS "updatedBy", expires_at AS "expiresAt", revoked_at AS "revokedAt",
  revoked_by AS "revokedBy", hits, last_hit_at AS "lastHitAt"`

/** SQL of the state. `isUnused` below and UNUSED are the same rule. */
export const STATE = `CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= now() THEN 'expired' ELSE 'active' END`
export const UNUSED = `(${STATE} = 'active' AND coalesce(last_hit_at, created_at) <= now() - interval '${EXCEPTION_UNUSED_DAYS} days')`

export interface ExceptionRow
  extends Pick<ExceptionView, 'exceptionId' | 'criteria' | 'isBroad' | 'reason' | 'createdBy' | 'updatedBy' | 'revokedBy' | 'hits'> {
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastHitAt: Date | null
}

/** Converts a row to its wire format. Pure. */
export function viewOf(row: ExceptionRow, nowMs: number): ExceptionView {
  const { createdAt, updatedAt, expiresAt, revokedAt, lastHitAt, ...rest } = row
  const state = stateOf(row, nowMs)
  return {
    ...rest,
    state,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    lastHitAt: lastHitAt?.toISOString() ?? null,
    isUnused: state === 'active' && nowMs - (lastHitAt ?? createdAt).getTime() >= EXCEPTION_UNUSED_DAYS * DAY_MS,
  }
}

function stateOf({ revokedAt, expiresAt }: ExceptionRow, nowMs: number): ExceptionView['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt.getTime() <= nowMs ? 'expired' : 'active'
}
