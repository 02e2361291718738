import { z } from 'zod'
import { Role } from './permissions.js'

/** bcrypt silently ignores everything beyond 72 bytes, so longer passwords are rejected. */
export const PASSWORD_MAX_BYTES = 72
export const PASSWORD_MIN_LENGTH = 12

/** Default email address of the first administrator. */
export const DEFAULT_ADMINISTRATOR_EMAIL = 'admin@guardimesh.local'

/** `POST /login`. */
export const LoginRequest = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(1024),
})
export type LoginRequest = z.infer<typeof LoginRequest>

/**
 * Body of `POST /api/account/password`. A new password with fewer than PASSWORD_MIN_LENGTH characters or more than PASSWORD_MAX_BYTES
 * bytes is rejected with PASSWORD_UNACCEPTABLE.
 */
export const ChangePassword = z.object({
  currentPassword: z.string().min(1).max(1024),
  newPassword: z.string().min(1).max(1024),
})
export type ChangePassword = z.infer<typeof ChangePassword>

/** The account of a session; response of `POST /login`. */
export const AccountView = z.object({
  accountId: z.string(),
  email: z.string(),
  displayName: z.string(),
  role: Role,
})
export type AccountView = z.infer<typeof AccountView>

/** `GET /api/session`. */
export const SessionView = z.object({ account: AccountView, expiresAt: z.iso.datetime() })
export type SessionView = z.infer<typeof SessionView>

/** Name of the session cookie. */
export const SESSION_COOKIE = 'guardimesh_session'
/** Name with HTTPS: browsers accept the prefix only from this host with TLS, so that no other host of the domain can set the cookie. */
export const SECURE_SESSION_COOKIE = `__Host-${SESSION_COOKIE}`
/** Name of the cookie between password and code of a login. */
export const LOGIN_COOKIE = 'guardimesh_login'
