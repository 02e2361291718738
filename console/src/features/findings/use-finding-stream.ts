import type { FindingSummary } from '@guardimesh/contracts'
import { useEffect, useRef } from 'react'
import { openEventStream } from '../../api/event-stream.js'
import { type FindingAddress, findingApiQuery } from '../../api/queries/finding-address.js'

/** New findings are collected this long, so that a burst renders the table once. */
const BATCH_WINDOW_MS = 120

interface StreamHandlers {
  /** Newest first. */
  onFindings: (findings: readonly FindingSummary[]) => void
  onSignatures: () => void
  onResync: () => void
  onState: (state: 'live' | 'connecting') => void
  onRefused: () => void
}

/** Subscribes to the findings that match the filters. */
export function useFindingStream(address: FindingAddress, handlers: StreamHandlers) {
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
