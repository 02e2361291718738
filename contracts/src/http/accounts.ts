import { z } from 'zod'
import { Role } from './permissions.js'
import { AccountView } from './sessions.js'

/** Time in which an invitation can be accepted. */
export const INVITATION_DAYS = 7

/** `invited`: no password yet; `deactivated`: cannot log in. */
export const ACCOUNT_STATES = ['active', 'invited', 'deactivated'] as const

/** An account, as administrators see it. */
export const AccountDetails = AccountView.extend({
  state: z.enum(ACCOUNT_STATES),
  hasTwoFactor: z.boolean(),
  createdAt: z.iso.datetime(),
  lastLogInAt: z.iso.datetime().nullable(),
  invitationExpiresAt: z.iso.datetime().nullable().describe('Expiry of the unused invitation; null without one'),
})
export type AccountDetails = z.infer<typeof AccountDetails>

/** `GET /api/accounts`. */
export const AccountList = z.object({ items: z.array(AccountDetails) })
export type AccountList = z.infer<typeof AccountList>

const DisplayName = z.string().trim().min(1).max(100)

/** `POST /api/accounts`. */
export const InviteAccount = z.object({ email: z.string().trim().max(254).pipe(z.email()), displayName: DisplayName, role: Role })
export type InviteAccount = z.infer<typeof InviteAccount>

/** A new invitation. The console builds the link from the token. */
export const Invitation = z.object({
  account: AccountDetails,
  token: z.string().describe('Sets a password once; returned only here'),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.infer<typeof Invitation>

/** `PATCH /api/accounts/{accountId}`; at least one field. */
export const ChangeAccount = z
  .object({ displayName: DisplayName, role: Role, isActive: z.boolean().describe('false: deactivate the account and end its sessions') })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'name at least one field')
export type ChangeAccount = z.infer<typeof ChangeAccount>

const Token = z.string().min(1).max(100)

/** `POST /api/invitations/read`. */
export const ReadInvitation = z.object({ token: Token })
export type ReadInvitation = z.infer<typeof ReadInvitation>

/** Response of `POST /api/invitations/read`. */
export const InvitationView = z.object({ email: z.string(), displayName: z.string(), expiresAt: z.iso.datetime() })
export type InvitationView = z.infer<typeof InvitationView>

/** `POST /api/invitations/accept`. The rules of ChangePassword apply to the password. */
export const AcceptInvitation = z.object({ token: Token, password: z.string().min(1).max(1024) })
export type AcceptInvitation = z.infer<typeof AcceptInvitation>

/** A session of an account. */
export const SessionDetails = z.object({
  sessionId: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().describe('Accurate to a minute'),
  expiresAt: z.iso.datetime(),
  clientIp: z.string(),
  userAgent: z.string(),
  isCurrent: z.boolean().describe('true for the session of this request'),
})
export type SessionDetails = z.infer<typeof SessionDetails>

export const SessionList = z.object({ items: z.array(SessionDetails) })
export type SessionList = z.infer<typeof SessionList>
