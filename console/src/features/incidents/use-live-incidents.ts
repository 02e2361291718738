import type { IncidentSummary } from '@guardimesh/contracts'
import { useThrottledCallback } from '@mantine/hooks'
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { openEventStream } from '../../api/event-stream.js'
import { type IncidentAddress, mayContain } from '../../api/queries/incident-address.js'
import { incidentList, incidentsKey } from '../../api/queries/incidents.js'
import { sessionKey } from '../../api/queries/session.js'

/** Minimum interval between refetches that events cause. */
const REFETCH_INTERVAL_MS = 1_000

type Pages = InfiniteData<{ items: IncidentSummary[]; nextCursor: string | null; total: number; newestEventId: number }>

/**
 * Updates the loaded rows in place when incidents change. An incident that is not loaded is fetched if `isIdle`, and counted otherwise, so that
 * rows never move while the user selects some or reads older ones.
 */
export function useLiveIncidents(address: IncidentAddress, isIdle: boolean) {
  const client = useQueryClient()
  const [waiting, setWaiting] = useState<ReadonlySet<number>>(new Set())
  const { queryKey } = incidentList(address)

  const refetch = useCallback(async () => {
    setWaiting(new Set())
    // Only the first page is read again.
    client.setQueryData<Pages>(
      incidentList(address).queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    )
    await client.invalidateQueries({ queryKey: incidentList(address).queryKey })
  }, [client, address])
  const refetchSoon = useThrottledCallback(() => void refetch(), REFETCH_INTERVAL_MS)

  useIncidentEvents({
    onIncident: (incident) => {
      const data = client.getQueryData<Pages>(queryKey)
      const known = data?.pages.some(({ items }) => items.some(({ incidentId }) => incidentId === incident.incidentId))
      if (known) client.setQueryData<Pages>(queryKey, (pages) => pages && replaced(pages, incident))
      else if (!mayContain(address, incident)) return
      else if (isIdle) refetchSoon()
      else setWaiting((before) => new Set(before).add(incident.incidentId))
    },
    onResync: () => {
      if (isIdle) refetchSoon()
    },
  })
  return { waitingCount: waiting.size, refetch }
}

/** Refetches one incident when it changes. */
export function useLiveIncident(incidentId: number) {
  const client = useQueryClient()
  const refetch = useThrottledCallback(() => void client.invalidateQueries({ queryKey: [...incidentsKey, 'one'] }), REFETCH_INTERVAL_MS)
  useIncidentEvents({
    onIncident: (incident) => {
      if (incident.incidentId === incidentId) refetch()
    },
    onResync: refetch,
  })
}

interface IncidentEventHandlers {
  onIncident: (incident: IncidentSummary) => void
  onResync: () => void
}

function useIncidentEvents(handlers: IncidentEventHandlers) {
  const client = useQueryClient()
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(
    () =>
      openEventStream(
        { events: 'incident' },
        {
          onIncident: (incident) => latest.current.onIncident(incident),
          onResync: () => latest.current.onResync(),
          onRefused: () => void client.invalidateQueries({ queryKey: sessionKey }),
        },
      ),
    [client],
  )
}

function replaced({ pages, pageParams }: Pages, incident: IncidentSummary): Pages {
  const replace = (items: IncidentSummary[]) => items.map((one) => (one.incidentId === incident.incidentId ? incident : one))
  return { pages: pages.map((page) => ({ ...page, items: replace(page.items) })), pageParams }
}
