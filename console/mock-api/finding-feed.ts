import type { FindingView } from '@guardimesh/contracts'
import type { MockDb } from './db.js'
import { mockFinding } from './fixtures/findings.js'

export interface FindingFeed {
  /** Server-Sent Events of the findings that match, until the client disconnects. */
  stream: (passes: (finding: FindingView) => boolean) => Response
  stop: () => void
}

/** Creates a finding every `everyMs`, stores it and sends it to all streams. */
export function startFindingFeed(db: MockDb, everyMs: number): FindingFeed {
  const listeners = new Set<Listener>()
  let index = 10_000
  const timer = setInterval(() => {
    // Without a stream, the list must not grow.
    if (listeners.size === 0) return
    const finding = mockFinding(index++, Date.now())
    db.findings.unshift(finding)
    for (const listener of listeners) listener(finding)
  }, everyMs)
  return { stream: (passes) => openStream(listeners, passes), stop: () => clearInterval(timer) }
}

type Listener = (finding: FindingView) => void

function openStream(listeners: Set<Listener>, passes: (finding: FindingView) => boolean): Response {
  const encoder = new TextEncoder()
  let listener: Listener | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      listener = (finding) => {
        if (passes(finding)) controller.enqueue(encoder.encode(`event: finding\ndata: ${JSON.stringify(finding)}\n\n`))
      }
      listeners.add(listener)
      controller.enqueue(encoder.encode(': open\n\n'))
    },
    cancel() {
      if (listener) listeners.delete(listener)
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
