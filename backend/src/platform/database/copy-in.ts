import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Runs `COPY … FROM STDIN` with rows in COPY's text format; does nothing without rows. */
export async function copyIn(client: pg.ClientBase, sql: string, rows: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(rows)
  if (bytes.length === 0) return
  const stream = client.query(copyFrom(sql))
  // After a timeout the stream emits a second error when its connection ends; without a listener it would end the process.
  stream.on('error', () => undefined)
  // In one chunk, so that nothing remains to be sent after the server rejects a row.
  stream.end(bytes)
  await once(stream, 'finish')
}
