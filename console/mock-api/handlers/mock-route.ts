import type { MockSession } from '../accounts.js'
import type { MockDb } from '../db.js'
import type { FindingFeed } from '../finding-feed.js'

/** Argument of a handler. `session` is undefined only for the login. */
export interface MockCall {
  request: Request
  query: URLSearchParams
  /** Captured parts of the path, in order. */
  parts: readonly string[]
  body: unknown
  db: MockDb
  session: MockSession | undefined
  feed: FindingFeed
}

export type MockHandler = (call: MockCall) => Response | Promise<Response>
export type MockRoute = readonly [method: string, path: RegExp, handler: MockHandler]
