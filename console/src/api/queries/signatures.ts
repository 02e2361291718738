import { SECOND_MS, SignaturesView } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

/** A person who has just copied a file in looks on; otherwise nothing happens for hours. */
const IMPORTING_INTERVAL_MS = 5 * SECOND_MS
const QUIET_INTERVAL_MS = 30 * SECOND_MS

/** How long an answer stands before it is asked for again. Pure. */
export function signaturesIntervalMs(view: SignaturesView | undefined): number {
  const isImporting = view?.server?.imports.some(({ endedAt }) => endedAt === null) ?? false
  return isImporting ? IMPORTING_INTERVAL_MS : QUIET_INTERVAL_MS
}

export const signaturesQuery = queryOptions({
  queryKey: ['signatures'],
  queryFn: ({ signal }) => callApi('/api/signatures', SignaturesView, { signal }),
  refetchInterval: ({ state }) => signaturesIntervalMs(state.data),
})
