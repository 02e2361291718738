import { AuditPage, AuditVerification } from '@guardimesh/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { lastToSince } from './time-range.js'

export type AuditAddress = Readonly<
  Partial<Record<'search' | 'actor' | 'action' | 'target' | 'result' | 'last' | 'since' | 'until', string>>
>

/** Reading the whole log may take minutes. */
const VERIFY_TIMEOUT_MS = 600_000

/** @param address `last` is a key of LAST_MS, relative to now; `since` and `until` are fixed. */
export const auditList = ({ last, since, ...filters }: AuditAddress) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters, last, since],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/audit', AuditPage, { query: { ...filters, since: since ?? pageParam.since, ...pageQuery(pageParam) }, signal }),
    refetchOnWindowFocus: false,
    initialPageParam: firstPosition(lastToSince(last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })

export const verifyAudit = () => callApi('/api/audit/verify', AuditVerification, { timeoutMs: VERIFY_TIMEOUT_MS })
