import { type FindingSummary, type IncidentSummary, STREAM_EVENT_NAMES, STREAM_EVENTS, type StreamEventName } from '@guardimesh/contracts'
import { withQuery } from './client.js'

/** Delay before a stream is reopened after the browser gave up (rejected, not disconnected). */
const REOPEN_DELAY_MS = 5_000

export interface EventStreamHandlers {
  onFinding?: (finding: FindingSummary) => void
  onIncident?: (incident: IncidentSummary) => void
  /** Signatures, a rollout, an alert or a rule trial changed. */
  onSignatures?: () => void
  /** Events may be missing: the stream was opened, or the backend dropped events. */
  onResync: () => void
  onState?: (state: 'live' | 'connecting') => void
  /** The backend rejected the stream: the session may have expired. */
  onRefused: () => void
}

/** One listener per event of the contract. */
const LISTENERS: Record<StreamEventName, (data: string, handlers: EventStreamHandlers) => void> = {
  finding: (data, handlers) => {
    const finding = STREAM_EVENTS.finding.safeParse(parseJson(data))
    // A newer backend may send findings that this console cannot parse; reading the list reports the error.
    if (finding.success) handlers.onFinding?.(finding.data)
    else handlers.onResync()
  },
  incident: (data, handlers) => {
    if (!handlers.onIncident) return
    const incident = STREAM_EVENTS.incident.safeParse(parseJson(data))
    if (incident.success) handlers.onIncident(incident.data)
    else handlers.onResync()
  },
  signatures: (_, handlers) => handlers.onSignatures?.(),
  resync: (_, handlers) => handlers.onResync(),
}

/**
 * Subscribes to the event stream of the backend (Server-Sent Events) until the returned function is called; reconnects by itself.
 * A hidden tab has no stream: over HTTP/1.1 a browser opens 6 connections to a server, and streams of hidden tabs would occupy them all.
 *
 * @param query StreamQuery of the contract.
 */
export function openEventStream(query: Readonly<Record<string, string | undefined>>, handlers: EventStreamHandlers): () => void {
  let source: EventSource | undefined
  let reopenTimer: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    clearTimeout(reopenTimer)
    source?.close()
    source = undefined
  }
  const open = () => {
    close()
    source = new EventSource(withQuery('/api/findings/stream', query))
    source.addEventListener('open', () => {
      handlers.onState?.('live')
      handlers.onResync()
    })
    for (const name of STREAM_EVENT_NAMES)
      source.addEventListener(name, (event: MessageEvent<string>) => LISTENERS[name](event.data, handlers))
    source.addEventListener('error', () => {
      handlers.onState?.('connecting')
      if (source?.readyState !== EventSource.CLOSED) return
      handlers.onRefused()
      reopenTimer = setTimeout(open, REOPEN_DELAY_MS)
    })
  }
  const follow = () => (document.visibilityState === 'hidden' ? close() : open())
  document.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', follow)
    close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
