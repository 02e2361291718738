import {
  FacetValues,
  FINDING_SORTS,
  type FindingFacet,
  FindingPage,
  type FindingSort,
  type FindingSummary,
  FindingView,
  OverviewView,
  type SortOrder,
} from '@guardimesh/contracts'
import { type InfiniteData, infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, type PagePosition, pageQuery, positionAfter } from '../paging.js'
import { type FindingAddress, findingApiQuery } from './finding-address.js'
import { lastToSince } from './time-range.js'

const findingsKey = ['findings'] as const
export const overviewKey = ['overview'] as const

/** Order of the findings list. */
export interface FindingOrder {
  readonly sort: FindingSort
  readonly order: SortOrder
}

/** True for the default order, to which new findings are prepended. */
export const isNewestFirst = ({ sort, order }: FindingOrder) => sort === FINDING_SORTS[0] && order === 'desc'

/** Pages of findings. They are not read again on their own: the event stream reports new findings. */
export const findingList = (address: FindingAddress, { sort, order }: FindingOrder) =>
  infiniteQueryOptions({
    queryKey: [...findingsKey, 'list', address, sort, order],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/findings', FindingPage, {
        query: { ...findingApiQuery(address, pageParam.since), sort, order, ...pageQuery(pageParam) },
        signal,
      }),
    initialPageParam: firstPosition(lastToSince(address.last)),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  })

/** Reads the first page again and drops the others. */
export async function reloadFindings(client: QueryClient, address: FindingAddress, order: FindingOrder): Promise<void> {
  const { queryKey } = findingList(address, order)
  client.setQueryData<InfiniteData<FindingPage, PagePosition>>(
    queryKey,
    (data) => data && { pages: data.pages.slice(0, 1), pageParams: [firstPosition(lastToSince(address.last))] },
  )
  await client.refetchQueries({ queryKey, exact: true })
}

/**
 * Reads the findings that were received after a list was read: their number, and the newest of them if the list is ordered by receipt. A list
 * that is empty or not loaded is read again instead.
 */
export async function readNewFindings(
  client: QueryClient,
  address: FindingAddress,
  order: FindingOrder,
): Promise<{ findings: readonly FindingSummary[]; count: number } | undefined> {
  const { queryKey } = findingList(address, order)
  const list = client.getQueryData<InfiniteData<FindingPage, PagePosition>>(queryKey)
  const first = list?.pages[0]
  if (!list || !first?.items[0]) {
    await client.invalidateQueries({ queryKey })
    return undefined
  }
  const isByReceipt = isNewestFirst(order)
  const newest = new Date(Date.parse(first.items[0].receivedAt) + 1).toISOString()
  const query = { ...findingApiQuery(address, isByReceipt ? newest : list.pageParams[0]?.since), ...pageQuery(firstPosition()) }
  // Through the query cache, which reports an expired session.
  const { items, total, totalIsMinimum } = await client.fetchQuery({
    queryKey: [...findingsKey, 'new', address],
    queryFn: ({ signal }) => callApi('/api/findings', FindingPage, { query, signal }),
    gcTime: 0,
    staleTime: 0,
  })
  if (isByReceipt) return { findings: items, count: total ?? items.length }
  return totalIsMinimum ? undefined : { findings: [], count: Math.max(0, (total ?? 0) - (first.total ?? 0)) }
}

/** Values of a filter that contain a text, with the number of findings. */
export const findingFacets = (facet: FindingFacet, address: FindingAddress, text: string) =>
  queryOptions({
    queryKey: [...findingsKey, 'facets', facet, { ...address, [facet]: undefined }, text],
    queryFn: ({ signal }) =>
      callApi('/api/findings/facets', FacetValues, {
        query: { ...findingApiQuery({ ...address, [facet]: undefined }, lastToSince(address.last)), facet, text },
        signal,
      }),
    placeholderData: keepPreviousData,
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
