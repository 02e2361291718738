import type { z } from 'zod'
import { FindingFilters, FindingSummary } from './findings.js'
import { IncidentSummary } from './incidents.js'
import { oneOrMany } from './page.js'

/**
 * Events of `GET /api/findings/stream` (Server-Sent Events) with the schema of their data; null for an event without data.
 * `finding`: a new finding that matches the filters. `incident`: an incident was opened or changed; the filters do not apply to it.
 * `signatures`: signatures, a rollout, an alert or a rule trial changed.
 * `resync`: the client missed events and must reload its data.
 */
export const STREAM_EVENTS = { finding: FindingSummary, incident: IncidentSummary, signatures: null, resync: null } as const
export type StreamEventName = keyof typeof STREAM_EVENTS
export const STREAM_EVENT_NAMES = Object.keys(STREAM_EVENTS) as [StreamEventName, ...StreamEventName[]]

/** An event with its data. */
export type StreamEvent =
  | { readonly name: 'finding'; readonly data: FindingSummary }
  | { readonly name: 'incident'; readonly data: IncidentSummary }
  | { readonly name: Exclude<StreamEventName, 'finding' | 'incident'> }

/** Query of `GET /api/findings/stream`. */
export const StreamQuery = FindingFilters.extend({
  events: oneOrMany(STREAM_EVENT_NAMES).describe('Events to send besides `resync`; default: all'),
})
export type StreamQuery = z.infer<typeof StreamQuery>
