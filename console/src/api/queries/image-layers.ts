import { ImageLayerProgress, ImagePage, SECOND_MS } from '@guardimesh/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'

/** Nodes report their progress every 15 seconds. */
const REFRESH_MS = 10 * SECOND_MS

export const imageLayerProgress = queryOptions({
  queryKey: ['image-layers'],
  queryFn: ({ signal }) => callApi('/api/image-layers', ImageLayerProgress, { signal }),
  refetchInterval: REFRESH_MS,
})

export const imageList = (filters: Readonly<Record<string, string | undefined>>) =>
  infiniteQueryOptions({
    queryKey: ['images', filters],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/image-layers/images', ImagePage, { query: { ...filters, ...pageQuery(pageParam) }, signal }),
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
    refetchInterval: 3 * REFRESH_MS,
    placeholderData: keepPreviousData,
  })
