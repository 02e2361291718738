import { AccountView, type ChangePassword, type LoginRequest, SessionView } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'
import { isSessionOver } from '../errors.js'

export const sessionKey = ['session'] as const

async function readSession(signal: AbortSignal): Promise<SessionView | null> {
  try {
    return await callApi('/api/session', SessionView, { signal })
  } catch (error) {
    if (isSessionOver(error)) return null
    throw error
  }
}

/** The current session; null if not logged in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 60_000,
})

export const logIn = (login: LoginRequest) => callApi('/login', AccountView, { method: 'POST', body: login })
export const logOut = () => commandApi('/logout', { method: 'POST' })
export const changePassword = (change: ChangePassword) => commandApi('/api/account/password', { method: 'POST', body: change })
