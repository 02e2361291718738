import { FindingSummary } from '@guardimesh/contracts'
import { withQuery } from './client.js'

/** Delay before a stream is reopened after the backend rejected it. The browser reconnects by itself after a lost connection. */
const REOPEN_AFTER_MS = 5_000

export interface FindingStreamHandlers {
  onFinding: (finding: FindingSummary) => void
  /** The list may be incomplete: the stream was just opened, or the backend skipped findings. */
  onResync: () => void
  onState: (state: 'live' | 'connecting') => void
  /** The backend rejected the stream: the session may have expired. */
  onRefused: () => void
}

/**
 * Subscribes to new findings (Server-Sent Events) and reconnects when the connection is lost.
 *
 * @returns a function that ends the subscription.
 * Source: contracts/src/http/findings.ts, FINDING_STREAM_EVENTS
 */
export function openFindingStream(query: Readonly<Record<string, string | undefined>>, handlers: FindingStreamHandlers): () => void {
  let source: EventSource | undefined
  let reopenTimer: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(withQuery('/api/findings/stream', query))
    source.addEventListener('open', () => {
      handlers.onState('live')
      handlers.onResync()
    })
    source.addEventListener('finding', (event) => deliver(event, handlers))
    source.addEventListener('resync', handlers.onResync)
    source.addEventListener('error', () => {
      handlers.onState('connecting')
      if (source?.readyState !== EventSource.CLOSED) return
      handlers.onRefused()
      reopenTimer = setTimeout(open, REOPEN_AFTER_MS)
    })
  }
  open()
  return () => {
    clearTimeout(reopenTimer)
    source?.close()
  }
}

function deliver(event: MessageEvent<string>, handlers: FindingStreamHandlers): void {
  const finding = FindingSummary.safeParse(parseJson(event.data))
  // An event that this console can't parse is still a finding: reading the list reports the error.
  if (finding.success) handlers.onFinding(finding.data)
  else handlers.onResync()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
