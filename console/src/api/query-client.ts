import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSessionOver, isWorthRetrying } from './errors.js'
import { sessionKey } from './queries/session.js'

const RETRIES_MAX = 2

/** The cache of answers. Any answer that says the session is over ends it here, so that the layout leads to the login. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSessionOver(error)) client.setQueryData(sessionKey, null)
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
