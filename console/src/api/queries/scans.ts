import { ScanPage } from '@guardimesh/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { pageQuery } from '../paging.js'
import { lastToSince } from './finding-address.js'

type ScanFilters = Readonly<Partial<Record<'namespace' | 'cluster' | 'infected' | 'last', string>>>

/** @param filters `last` is a key of LAST_MS, relative to now. */
export const scanList = ({ last, ...filters }: ScanFilters) =>
  infiniteQueryOptions({
    queryKey: ['scans', filters, last],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/scans', ScanPage, { query: { ...filters, startDate: lastToSince(last), ...pageQuery(pageParam) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
