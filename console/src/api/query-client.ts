import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSessionOver, isWorthRetrying } from './errors.js'
import { endSession } from './queries/session.js'

const RETRIES_MAX = 2

/** Creates the query cache. An expired session is marked as over, so that the layout asks for a new login. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSessionOver(error)) endSession(client)
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failureCount, error) => failureCount < RETRIES_MAX && isWorthRetrying(error),
      },
    },
  })
  return client
}
