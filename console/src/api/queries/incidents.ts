import {
  type ChangeIncident,
  type ChangeIncidents,
  IncidentAssigneeList,
  IncidentPage,
  type IncidentSummary,
  IncidentsChanged,
  IncidentView,
} from '@guardimesh/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { callApi } from '../client.js'
import { firstPosition, pageQuery, positionAfter } from '../paging.js'
import { type IncidentAddress, incidentApiQuery } from './incident-address.js'

export const incidentsKey = ['incidents'] as const

/** Pages of incidents, latest finding first. */
export const incidentList = (address: IncidentAddress) =>
  infiniteQueryOptions({
    queryKey: [...incidentsKey, 'list', address],
    queryFn: ({ pageParam, signal }) =>
      callApi('/api/incidents', IncidentPage, { query: { ...incidentApiQuery(address), ...pageQuery(pageParam) }, signal }),
    initialPageParam: firstPosition(),
    getNextPageParam: (page, _pages, position) => positionAfter(page, position),
  })

const pathOf = (incidentId: number | string) => `/api/incidents/${encodeURIComponent(incidentId)}`

export const incidentDetail = (incidentId: string) =>
  queryOptions({
    queryKey: [...incidentsKey, 'one', incidentId],
    queryFn: ({ signal }) => callApi(pathOf(incidentId), IncidentView, { signal }),
  })

export const assigneeList = queryOptions({
  queryKey: [...incidentsKey, 'assignees'],
  queryFn: ({ signal }) => callApi('/api/incidents/assignees', IncidentAssigneeList, { signal }),
  staleTime: 60_000,
})

/** The incident as the user saw it. The backend responds with INCIDENT_CHANGED if its status or assignee was changed since. */
export type SeenIncident = Pick<IncidentSummary, 'incidentId' | 'etag'>

/** @param isForced true: changes the incident even if it was changed since. */
export const patchIncident = ({ incidentId, etag }: SeenIncident, change: ChangeIncident, isForced: boolean) =>
  callApi(pathOf(incidentId), IncidentView, { method: 'PATCH', body: change, headers: isForced ? {} : { 'if-match': etag } })

export const postComment = (incidentId: number, comment: string) =>
  callApi(`${pathOf(incidentId)}/comments`, IncidentView, { method: 'POST', body: { comment } })

export const postChanges = (request: z.input<typeof ChangeIncidents>) =>
  callApi('/api/incidents/changes', IncidentsChanged, { method: 'POST', body: request })
