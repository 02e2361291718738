import { z } from 'zod'

/** bcrypt looks at 72 bytes and silently ignores the rest, so longer passwords are refused. */
export const PASSWORD_MAX_BYTES = 72
export const PASSWORD_MIN_LENGTH = 12

/** Login of the first administrator unless somebody chooses another. */
export const DEFAULT_ADMINISTRATOR_EMAIL = 'admin@guardimesh.local'

/** `POST /login`. */
export const LoginRequest = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(1024),
})
export type LoginRequest = z.infer<typeof LoginRequest>

/**
 * `POST /api/account/password` (204). A new password of fewer than PASSWORD_MIN_LENGTH characters or more than PASSWORD_MAX_BYTES
 * bytes is refused with PASSWORD_UNACCEPTABLE.
 */
export const ChangePassword = z.object({
  currentPassword: z.string().min(1).max(1024),
  newPassword: z.string().min(1).max(1024),
})
export type ChangePassword = z.infer<typeof ChangePassword>

/** The account of a session; answer of `POST /login` and `GET /api/session`. */
export const AccountView = z.object({
  accountId: z.string(),
  email: z.string(),
  displayName: z.string(),
  role: z.enum(['administrator', 'viewer']),
})
export type AccountView = z.infer<typeof AccountView>

/** `GET /api/session`. */
export const SessionView = z.object({ account: AccountView, expiresAt: z.iso.datetime() })
export type SessionView = z.infer<typeof SessionView>

/** Name of the session cookie. */
export const SESSION_COOKIE = 'guardimesh_session'
