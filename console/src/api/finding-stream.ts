import { FindingSummary } from '@guardimesh/contracts'
import { withQuery } from './client.js'

/** After the browser gave up on a stream (a refusal, not a lost line), it is asked for again this much later. */
const REOPEN_AFTER_MS = 5_000

export interface FindingStreamHandlers {
  onFinding: (finding: FindingSummary) => void
  /** The list may lack something: the stream was just opened, or the backend left findings out. */
  onResync: () => void
  onState: (state: 'live' | 'connecting') => void
  /** The browser gave up: the session may be over. */
  onRefused: () => void
}

/**
 * Listens to new findings (Server-Sent Events) until the returned function is called. A lost line is made again.
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
  // A finding that this console cannot read is still a finding: the list tells what is wrong with it.
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
