import { ScanPage } from '@guardimesh/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { lastToSince } from './time-range.js'

type ScanFilters = Readonly<Partial<Record<'namespace' | 'cluster' | 'infected' | 'last' | 'since' | 'until', string>>>

/** @param filters `last` is a key of LAST_MS, relative to now; `since` and `until` are fixed. */
export const scanList = ({ last, since, until, ...filters }: ScanFilters) =>
  infiniteQueryOptions({
    queryKey: ['scans', filters, last, since, until],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/scans', ScanPage, {
        query: { ...filters, startDate: since ?? pageParam.since, endDate: until, ...pageQuery(pageParam) },
        signal,
      }),
    initialPageParam: firstPosition(lastToSince(last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })
