import type { FindingSummary } from '@guardimesh/contracts'
import { useThrottledCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { openEventStream } from '../../api/event-stream.js'
import { type FindingAddress, findingApiQuery } from '../../api/queries/finding-address.js'
import { findingList, overviewKey } from '../../api/queries/findings.js'
import { sessionKey } from '../../api/queries/session.js'
import { signaturesKey } from '../../api/queries/signatures.js'
import { LIVE_ROWS_MAX, NO_LIVE_ROWS, nextLiveRows } from './live-rows.js'

/** New findings are collected this long, so that a burst renders the table once. */
const BATCH_WINDOW_MS = 120
/** Minimum interval between refetches of the overview caused by new findings. */
const OVERVIEW_INTERVAL_MS = 2_000

/**
 * Returns the findings that arrived since this view was opened and match the filters of `address`. A view with other filters
 * needs a new instance (a `key` on its component).
 */
export function useLiveFindings(address: FindingAddress) {
  const client = useQueryClient()
  const [connection, setConnection] = useState<'live' | 'connecting'>('connecting')
  const [live, dispatch] = useReducer(nextLiveRows, NO_LIVE_ROWS)
  const shown = useRef(live)
  useEffect(() => {
    shown.current = live
  })

  const refetchList = useCallback(async () => {
    const before = shown.current.rows
    await client.invalidateQueries({ queryKey: findingList(address).queryKey })
    dispatch({ kind: 'listed', findings: before.length >= LIVE_ROWS_MAX ? before : [] })
  }, [client, address])
  const refetchOverview = useThrottledCallback(() => void client.invalidateQueries({ queryKey: overviewKey }), OVERVIEW_INTERVAL_MS)

  useStream(address, {
    onFindings: (findings) => {
      dispatch({ kind: 'arrived', findings })
      refetchOverview()
    },
    onResync: () => {
      if (!shown.current.isPaused) void refetchList()
    },
    onSignatures: () => void client.invalidateQueries({ queryKey: signaturesKey }),
    onState: setConnection,
    onRefused: () => void client.invalidateQueries({ queryKey: sessionKey }),
  })

  const isFull = live.rows.length >= LIVE_ROWS_MAX
  useEffect(() => {
    if (isFull) void refetchList()
  }, [isFull, refetchList])

  const setPaused = (isPaused: boolean) => {
    dispatch({ kind: isPaused ? 'pause' : 'resume' })
    if (!isPaused) void refetchList()
  }
  return { ...live, connection, setPaused }
}

interface StreamHandlers {
  /** Newest first. */
  onFindings: (findings: readonly FindingSummary[]) => void
  onSignatures: () => void
  onResync: () => void
  onState: (state: 'live' | 'connecting') => void
  onRefused: () => void
}

function useStream(address: FindingAddress, handlers: StreamHandlers) {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    // New findings are never within a time range that ends in the past.
    if (address.until !== undefined) return
    let batch: FindingSummary[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const deliver = () => {
      const findings = batch.reverse()
      batch = []
      timer = undefined
      latest.current.onFindings(findings)
    }
    const { since: _since, ...query } = findingApiQuery(address)
    const close = openEventStream(query, {
      onFinding: (finding) => {
        batch.push(finding)
        timer ??= setTimeout(deliver, BATCH_WINDOW_MS)
      },
      onSignatures: () => latest.current.onSignatures(),
      onResync: () => latest.current.onResync(),
      onState: (state) => latest.current.onState(state),
      onRefused: () => latest.current.onRefused(),
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [address])
}
