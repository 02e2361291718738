import { SECOND_MS } from '@guardimesh/contracts'
import { MutationCache, type Query, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSessionOver, isWorthRetrying } from './errors.js'
import { endSession } from './queries/session.js'

const RETRIES_MAX = 2
/** Delay before a failed query is repeated; doubled after each failure. */
const RECOVERY_MIN_MS = 2 * SECOND_MS
const RECOVERY_MAX_MS = 30 * SECOND_MS

/** Creates the query cache. An expired session is marked as over, so that the layout asks for a new login. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSessionOver(error)) endSession(client)
  }
  /** Number of failures before the last success, by query. */
  const earlierFailures = new Map<string, number>()
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError,
      onSuccess: (_, { queryHash, state }) => {
        if (state.errorUpdateCount > 0) earlierFailures.set(queryHash, state.errorUpdateCount)
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: ({ state, queryHash }) => recoveryDelay(state, state.errorUpdateCount - (earlierFailures.get(queryHash) ?? 0)),
        retry: (failureCount, error) => failureCount < RETRIES_MAX && isWorthRetrying(error),
      },
    },
  })
  return client
}

/**
 * Returns when to repeat a query after the backend was unavailable, so that a page recovers by itself; false for all other queries.
 * A list of several loaded pages is not repeated: that reads all of them again.
 */
function recoveryDelay({ error, data }: Pick<Query['state'], 'error' | 'data'>, failureCount: number): number | false {
  if (!isWorthRetrying(error) || hasSeveralPages(data)) return false
  return Math.min(RECOVERY_MAX_MS, RECOVERY_MIN_MS * 2 ** (failureCount - 1))
}

const hasSeveralPages = (data: unknown) =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && data.pages.length > 1
