import { FindingPage, FindingView, OverviewView } from '@guardimesh/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { type FindingAddress, findingApiQuery } from './finding-address.js'
import { lastToSince } from './time-range.js'

export const findingsKey = ['findings'] as const
export const overviewKey = ['overview'] as const

/** Pages of findings, newest first. */
export const findingList = (address: FindingAddress) =>
  infiniteQueryOptions({
    queryKey: [...findingsKey, 'list', address],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/findings', FindingPage, { query: { ...findingApiQuery(address, pageParam.since), ...pageQuery(pageParam) }, signal }),
    initialPageParam: firstPosition(lastToSince(address.last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })

export const findingDetail = (findingId: string) =>
  queryOptions({
    queryKey: [...findingsKey, 'one', findingId],
    queryFn: ({ signal }) => callApi(`/api/findings/${encodeURIComponent(findingId)}`, FindingView, { signal }),
  })

export const overviewQuery = queryOptions({
  queryKey: overviewKey,
  queryFn: ({ signal }) => callApi('/api/overview', OverviewView, { signal }),
  refetchInterval: 30_000,
})
