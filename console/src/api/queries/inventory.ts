import { CoveragePage, NodeList, type NodeView, PodPage, ResultGapPage } from '@guardimesh/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'

type Query = Readonly<Record<string, string | undefined>>

/** Reads all pages: the list is filtered and counted as a whole. */
async function readNodes(signal: AbortSignal): Promise<{ items: NodeView[] }> {
  const items: NodeView[] = []
  let cursor: string | undefined
  do {
    const page: NodeList = await callApi('/api/nodes', NodeList, { query: { cursor }, signal })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { items }
}

export const nodeList = queryOptions({
  queryKey: ['nodes'],
  queryFn: ({ signal }) => readNodes(signal),
  refetchInterval: 30_000,
})

export const podList = (filters: Query) =>
  infiniteQueryOptions({
    queryKey: ['pods', filters],
    queryFn: ({ pageParam, signal }) => callApi('/api/pods', PodPage, { query: { ...filters, ...pageQuery(pageParam) }, signal }),
    refetchOnWindowFocus: false,
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })

export const coverageList = (filters: Query) =>
  infiniteQueryOptions({
    queryKey: ['coverage', filters],
    queryFn: ({ pageParam, signal }) => callApi('/api/coverage', CoveragePage, { query: { ...filters, ...pageQuery(pageParam) }, signal }),
    refetchOnWindowFocus: false,
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
    // The totals are also the reason filter, so they must not disappear while another reason is loading.
    placeholderData: keepPreviousData,
  })

export const resultGapList = (filters: Query) =>
  infiniteQueryOptions({
    queryKey: ['result-gaps', filters],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/result-gaps', ResultGapPage, { query: { ...filters, ...pageQuery(pageParam) }, signal }),
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })
