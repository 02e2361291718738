import {
  type ChangeException,
  type CreateException,
  type ExceptionCriteria,
  ExceptionPage,
  ExceptionPreview,
  ExceptionView,
} from '@guardimesh/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'

export const exceptionsKey = ['exceptions'] as const

/** Filters in the URL of the list. */
export const EXCEPTION_FILTER_NAMES = ['state', 'unused'] as const
export type ExceptionFilterName = (typeof EXCEPTION_FILTER_NAMES)[number]
export type ExceptionAddress = Readonly<Partial<Record<ExceptionFilterName, string>>>

/** Pages of exceptions, newest first. */
export const exceptionList = (address: ExceptionAddress) =>
  infiniteQueryOptions({
    queryKey: [...exceptionsKey, 'list', address],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/exceptions', ExceptionPage, { query: { ...address, ...pageQuery(pageParam) }, signal }),
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })

const pathOf = (exceptionId: number) => `/api/exceptions/${exceptionId}`

export const exceptionDetail = (exceptionId: number) =>
  queryOptions({
    queryKey: [...exceptionsKey, 'one', exceptionId],
    queryFn: ({ signal }) => callApi(pathOf(exceptionId), ExceptionView, { signal }),
  })

/** What an exception would have hidden. */
export const exceptionPreview = (criteria: ExceptionCriteria) =>
  queryOptions({
    queryKey: [...exceptionsKey, 'preview', criteria],
    queryFn: ({ signal }) => callApi('/api/exceptions/preview', ExceptionPreview, { method: 'POST', body: { criteria }, signal }),
    staleTime: 30_000,
  })

export const createException = (request: CreateException) => callApi('/api/exceptions', ExceptionView, { method: 'POST', body: request })
export const changeException = ({ exceptionId, ...change }: ChangeException & { exceptionId: number }) =>
  callApi(pathOf(exceptionId), ExceptionView, { method: 'PATCH', body: change })
export const revokeException = (exceptionId: number) => callApi(`${pathOf(exceptionId)}/revoke`, ExceptionView, { method: 'POST' })
