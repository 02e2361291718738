/** Channel of new and changed incidents. The payload is a JSON array of incident ids, or "many" if they do not fit. */
export const INCIDENTS_CHANNEL = 'guardimesh_incidents'
const MANY_INCIDENTS = 'many'
/** PostgreSQL limits payloads to 8000 bytes; an id with comma has up to 17. */
const NOTIFIED_IDS_MAX = 400

/** Builds the payload of INCIDENTS_CHANNEL. Pure. */
export function incidentsPayload(incidentIds: readonly number[]): string {
  return incidentIds.length > NOTIFIED_IDS_MAX ? MANY_INCIDENTS : JSON.stringify(incidentIds)
}
