import { type ListPreferences, ListViews, type SavedView, type SaveView, type ViewedList } from '@guardimesh/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

/** Saved views of a list, and how the user displays it. */
export const listViews = (list: ViewedList) =>
  queryOptions({
    queryKey: ['views', list],
    queryFn: ({ signal }) => callApi(`/api/views/${list}`, ListViews, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })

/** Stores the response of a change. */
export const setListViews = (client: QueryClient, list: ViewedList, views: ListViews) =>
  client.setQueryData(listViews(list).queryKey, views)

/** Saves a view, or replaces the one with `viewId`. */
export const saveView = (list: ViewedList, view: SaveView, viewId?: string) =>
  viewId === undefined
    ? callApi(`/api/views/${list}`, ListViews, { method: 'POST', body: view })
    : callApi(`/api/views/${list}/${viewId}`, ListViews, { method: 'PUT', body: view })

export const deleteView = (list: ViewedList, { viewId }: SavedView) =>
  callApi(`/api/views/${list}/${viewId}`, ListViews, { method: 'DELETE' })

export const putPreferences = (list: ViewedList, preferences: ListPreferences) =>
  callApi(`/api/views/${list}/preferences`, ListViews, { method: 'PUT', body: preferences })
