import { formatUuid } from '@guardimesh/kit'

/** Channel of new findings. The payload is a JSON array of finding ids, or "many" if they do not fit. */
export const FINDINGS_CHANNEL = 'guardimesh_findings'
const MANY_FINDINGS = 'many'
/** PostgreSQL limits payloads to 8000 bytes; an id with quotes and comma has 39. */
const NOTIFIED_IDS_MAX = 200

/** Builds the payload of FINDINGS_CHANNEL for findings with these ids (16 bytes each). Pure. */
export function findingsPayload(findingIds: readonly Uint8Array[]): string {
  return findingIds.length > NOTIFIED_IDS_MAX ? MANY_FINDINGS : JSON.stringify(findingIds.map((id) => formatUuid(id)))
}
