import { ScanPage, type SortOrder } from '@guardimesh/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { lastToSince } from './time-range.js'

type ScanFilters = Readonly<Partial<Record<'namespace' | 'cluster' | 'infected' | 'last' | 'since' | 'until', string>>>

/** @param filters `last` is a key of LAST_MS, relative to now; `since` and `until` are fixed. */
export const scanList = ({ last, since, until, ...filters }: ScanFilters, order: SortOrder) =>
  infiniteQueryOptions({
    queryKey: ['scans', filters, last, since, until, order],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/scans', ScanPage, {
        query: { ...filters, startDate: since ?? pageParam.since, endDate: until, order, ...pageQuery(pageParam) },
        signal,
      }),
    refetchOnWindowFocus: false,
    initialPageParam: firstPosition(lastToSince(last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })
