import type { FindingSummary } from '@guardimesh/contracts'
import { useThrottledCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { openEventStream } from '../../api/finding-stream.js'
import { type FindingAddress, findingApiQuery } from '../../api/queries/finding-address.js'
import { findingList, overviewKey } from '../../api/queries/findings.js'
import { sessionKey } from '../../api/queries/session.js'
import { signaturesKey } from '../../api/queries/signatures.js'
import { LIVE_ROWS_MAX, NO_LIVE_ROWS, nextLiveRows } from './live-rows.js'

/** Arrivals are gathered this long, so that a burst draws the table once. */
const GATHER_MS = 120
/** The overview's numbers are asked for at most this often because of arrivals. */
const OVERVIEW_PAUSE_MS = 2_000

/**
 * The findings that arrived since this view was opened, under the filters of `address`. A view with other filters needs a new
 * instance (a `key` on its component).
 */
export function useLiveFindings(address: FindingAddress) {
  const client = useQueryClient()
  const [connection, setConnection] = useState<'live' | 'connecting'>('connecting')
  const [live, dispatch] = useReducer(nextLiveRows, NO_LIVE_ROWS)
  const shown = useRef(live)
  useEffect(() => {
    shown.current = live
  })

  const readAgain = useCallback(async () => {
    const before = shown.current.rows
    await client.invalidateQueries({ queryKey: findingList(address).queryKey })
    dispatch({ kind: 'listed', findings: before.length >= LIVE_ROWS_MAX ? before : [] })
  }, [client, address])
  const countAgain = useThrottledCallback(() => void client.invalidateQueries({ queryKey: overviewKey }), OVERVIEW_PAUSE_MS)

  useStream(address, {
    onFindings: (findings) => {
      dispatch({ kind: 'arrived', findings })
      countAgain()
    },
    onResync: () => {
      if (!shown.current.isPaused) void readAgain()
    },
    onSignatures: () => void client.invalidateQueries({ queryKey: signaturesKey }),
    onState: setConnection,
    onRefused: () => void client.invalidateQueries({ queryKey: sessionKey }),
  })

  const isFull = live.rows.length >= LIVE_ROWS_MAX
  useEffect(() => {
    if (isFull) void readAgain()
  }, [isFull, readAgain])

  const setPaused = (isPaused: boolean) => {
    dispatch({ kind: isPaused ? 'pause' : 'resume' })
    if (!isPaused) void readAgain()
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
    // The end of a time span is in the past: nothing new can belong to it.
    if (address.until !== undefined) return
    let gathered: FindingSummary[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const deliver = () => {
      const findings = gathered.reverse()
      gathered = []
      timer = undefined
      latest.current.onFindings(findings)
    }
    const { since: _since, ...query } = findingApiQuery(address)
    const close = openEventStream(query, {
      onFinding: (finding) => {
        gathered.push(finding)
        timer ??= setTimeout(deliver, GATHER_MS)
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
