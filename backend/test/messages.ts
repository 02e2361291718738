import { type IngestReceipt, PROTOBUF_MEDIA_TYPE, type Problem } from '@guardimesh/contracts'
import { formatUuid } from '@guardimesh/kit'
import type { TestApi } from './harness.js'

export * from '@guardimesh/testbed/ingest-messages.js'

/** Response to an ingest request: a receipt or a problem. */
export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: IngestReceipt & Problem
}

/** Sends bytes as a node does. */
export async function post(
  api: Pick<TestApi, 'url'>,
  path: string,
  key: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': PROTOBUF_MEDIA_TYPE, authorization: `Bearer ${key}`, ...headers },
    body: Buffer.from(body),
  })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Answer['body'] }
}

/** Formats a UUID of a draft. */
export function uuidText(uuid: Uint8Array | null | undefined): string {
  return formatUuid(uuid ?? new Uint8Array(16))
}
