import type { MockDb, MockSession } from '../db.js'
import type { FindingFeed } from '../finding-feed.js'

/** What a handler gets. `session` is there except for the login. */
export interface MockCall {
  request: Request
  query: URLSearchParams
  /** Parts of the path that the route leaves open, in order. */
  parts: readonly string[]
  body: unknown
  db: MockDb
  session: MockSession | undefined
  feed: FindingFeed
}

export type MockHandler = (call: MockCall) => Response | Promise<Response>
export type MockRoute = readonly [method: string, path: RegExp, handler: MockHandler]
