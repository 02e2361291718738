import {
  type AcceptInvitation,
  AccountDetails,
  AccountList,
  type ChangeAccount,
  Invitation,
  InvitationView,
  type InviteAccount,
  SessionList,
} from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'

export const usersKey = ['users'] as const

export const userList = queryOptions({
  queryKey: usersKey,
  queryFn: ({ signal }) => callApi('/api/accounts', AccountList, { signal }),
})

const userPath = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`

export const inviteUser = (user: InviteAccount) => callApi('/api/accounts', Invitation, { method: 'POST', body: user })
export const renewInvitation = (accountId: string) => callApi(`${userPath(accountId)}/invitation`, Invitation, { method: 'POST' })
export const changeUser = ({ accountId, change }: { accountId: string; change: ChangeAccount }) =>
  callApi(userPath(accountId), AccountDetails, { method: 'PATCH', body: change })
export const deleteUser = (accountId: string) => commandApi(userPath(accountId), { method: 'DELETE' })

/** @param token from the link. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => callApi('/api/invitations/read', InvitationView, { method: 'POST', body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
export const acceptInvitation = (body: AcceptInvitation) => commandApi('/api/invitations/accept', { method: 'POST', body })

/** Sessions of a user; undefined: of the own account. */
export type SessionOwner = string | undefined
const sessionsPath = (owner: SessionOwner) => `${owner === undefined ? '/api/account' : userPath(owner)}/sessions`
export const sessionsKey = ['sessions'] as const

export const sessionList = (owner: SessionOwner) =>
  queryOptions({
    queryKey: [...sessionsKey, owner ?? 'own'],
    queryFn: ({ signal }) => callApi(sessionsPath(owner), SessionList, { signal }),
  })

/** @param sessionId undefined: all sessions except the current one. */
export const endSessions = ({ owner, sessionId }: { owner: SessionOwner; sessionId: string | undefined }) =>
  commandApi(`${sessionsPath(owner)}${sessionId === undefined ? '' : `/${encodeURIComponent(sessionId)}`}`, { method: 'DELETE' })
