import { AccountView, type ChangePassword, type LoginRequest, LoginResult, SessionView, type VerifyTotp } from '@guardimesh/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'
import { isSessionOver } from '../errors.js'

export const sessionKey = ['session'] as const

/** `isOver`: the session ended while the page was open. Its account stays, so that the page keeps its content until the user logs in again. */
export interface ConsoleSession extends SessionView {
  isOver?: boolean
}

const ended = (session: ConsoleSession | null | undefined): ConsoleSession | null => (session ? { ...session, isOver: true } : null)

/** Marks the session as over. */
export function endSession(client: QueryClient): void {
  client.setQueryData<ConsoleSession | null>(sessionKey, ended)
}

async function readSession(client: QueryClient, signal: AbortSignal): Promise<ConsoleSession | null> {
  try {
    return await callApi('/api/session', SessionView, { signal })
  } catch (error) {
    if (isSessionOver(error)) return ended(client.getQueryData<ConsoleSession | null>(sessionKey))
    throw error
  }
}

/** The current session; null if not logged in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ client, signal }) => readSession(client, signal),
  staleTime: 60_000,
})

export const logIn = (login: LoginRequest) => callApi('/login', LoginResult, { method: 'POST', body: login })
export const verifyTotp = (body: VerifyTotp) => callApi('/login/verify-totp', AccountView, { method: 'POST', body })
export const logOut = () => commandApi('/logout', { method: 'POST' })
export const changePassword = (change: ChangePassword) => commandApi('/api/account/password', { method: 'POST', body: change })
