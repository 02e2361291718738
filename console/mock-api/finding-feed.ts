import type { FindingView } from '@guardimesh/contracts'
import type { MockDb } from './db.js'
import { mockFinding } from './fixtures/findings.js'

export interface FindingFeed {
  /** Server-Sent Events of findings that pass, until the browser goes away. */
  stream: (passes: (finding: FindingView) => boolean) => Response
  stop: () => void
}

/** Makes a finding every `everyMs`, stores it and tells all streams. */
export function startFindingFeed(db: MockDb, everyMs: number): FindingFeed {
  const listeners = new Set<Listener>()
  let index = 10_000
  const timer = setInterval(() => {
    // Nobody watches: the list must not grow while a developer is at lunch.
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
