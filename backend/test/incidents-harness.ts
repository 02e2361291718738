import type { IncidentPage, IncidentView } from '@guardimesh/contracts'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aFinding, aResult, batchBody, type FindingDraft, post, type ResultDraft } from './messages.js'

const TABLES = ['incidents', 'incident_workloads', 'incident_nodes', 'incident_events', 'incident_history', 'audit_log']

export interface IncidentsApi {
  readonly api: TestApi
  readonly session: TestSession
  /** Sends results as a node does. @throws unless all are accepted. */
  send(...results: ResultDraft[]): Promise<void>
  /** Lists incidents, with a query without "?". */
  list(query?: string): Promise<IncidentPage>
  read(incidentId: number): Promise<IncidentView>
  /** Returns the only incident. */
  only(): Promise<IncidentView>
  change(incidentId: number, json: unknown, headers?: Record<string, string>): ReturnType<typeof request<IncidentView & { code: string }>>
  /** Moves all incidents to the past, because the database has the only clock of incidents. */
  age(hours: number): Promise<void>
  clear(): Promise<void>
}

export async function startIncidentsApi(): Promise<IncidentsApi> {
  const api = await startTestApi()
  const session = await api.login()
  const ingestion = await api.createKey('ingestion')
  const list = async (query = '') => (await request<IncidentPage>(api, 'GET', `/api/incidents?${query}`, { session })).body
  const read = async (incidentId: number) => (await request<IncidentView>(api, 'GET', `/api/incidents/${incidentId}`, { session })).body
  return {
    api,
    session,
    list,
    read,
    send: async (...results) => {
      const { status, body } = await post(api, '/api/v1/scan/results', ingestion, batchBody(results))
      if (status !== 200) throw new Error(`rejected: ${JSON.stringify(body)}`)
    },
    only: async () => {
      const { items } = await list()
      const [incident] = items
      if (!incident || items.length > 1) throw new Error(`${items.length} incidents instead of 1`)
      return read(incident.incidentId)
    },
    change: (incidentId, json, headers = {}) =>
      request<IncidentView & { code: string }>(api, 'PATCH', `/api/incidents/${incidentId}`, { session, json, headers }),
    age: async (hours) => {
      const earlier = (column: string) => `${column} = ${column} - make_interval(hours => $1)`
      await api.query(`UPDATE incidents SET ${earlier('first_seen_at')}, ${earlier('last_seen_at')}`, [hours])
      await api.query(`UPDATE incident_events SET ${earlier('occurred_at')}`, [hours])
    },
    clear: async () => {
      // Faster than TRUNCATE for small tables.
      for (const table of TABLES) await api.query(`DELETE FROM ${table}`)
    },
  }
}

export const HASH = Buffer.alloc(32, 0xab)

/** A result with findings of one content. */
export function aDetection(changes: ResultDraft = {}, finding: FindingDraft = {}): ResultDraft {
  return aResult({ findings: [aFinding({ sha256: HASH, ...finding })], ...changes })
}
