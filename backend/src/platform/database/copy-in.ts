import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Runs `COPY … FROM STDIN` with rows in COPY's text format; nothing is sent when there are none. */
export async function copyIn(client: pg.ClientBase, sql: string, rows: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(rows)
  if (bytes.length === 0) return
  const stream = client.query(copyFrom(sql))
  // A copy that took too long fails a second time when its connection is ended; unheard, that would end the process.
  stream.on('error', () => undefined)
  // In one piece: should the server refuse a row, nothing is left to send.
  stream.end(bytes)
  await once(stream, 'finish')
}
