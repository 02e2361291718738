import { ScanPage, type SortOrder } from '@guardimesh/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { lastToSince } from './time-range.js'

type ScanFilters = Readonly<Partial<Record<'namespace' | 'cluster' | 'infected' | 'last' | 'since' | 'until', string>>>

/** Converts the filters to query parameters of the API. @param relativeSince start of the relative time range `last`. */
export function scanApiQuery({ last: _, since, until, ...filters }: ScanFilters, order: SortOrder, relativeSince: string | undefined) {
  return { ...filters, startDate: since ?? relativeSince, endDate: until, order }
}

/** @param filters `last` is a key of LAST_MS, relative to now; `since` and `until` are fixed. */
export const scanList = (filters: ScanFilters, order: SortOrder) =>
  infiniteQueryOptions({
    queryKey: ['scans', filters, order],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/scans', ScanPage, {
        query: { ...scanApiQuery(filters, order, pageParam.since), ...pageQuery(pageParam) },
        signal,
      }),
    refetchOnWindowFocus: false,
    initialPageParam: firstPosition(lastToSince(filters.last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })
