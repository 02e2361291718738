import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CSV_COMPLETE, type ExportFormat, ExportTrailer } from '@guardimesh/contracts'
import { CommandError } from '../command-error.js'
import { parseJson } from '../net/problem-error.js'

/** Longer than the last line of any export. */
const TAIL_BYTES = 1024

/**
 * Saves an export. The file gets its name once it is complete.
 *
 * @returns number of rows.
 * @throws CommandError if the last line is missing: the export was interrupted.
 */
export async function saveExport(body: Readable, path: string, format: ExportFormat): Promise<number> {
  const partial = `${path}.partial`
  let tail = Buffer.alloc(0)
  const watch = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES)
      yield chunk
    }
  }
  try {
    await pipeline(body, watch, createWriteStream(partial, { mode: 0o600 }))
    const rows = rowsOf(tail.toString('utf8').trimEnd().split('\n').at(-1) ?? '', format)
    if (rows === undefined) throw new CommandError('the last line is missing')
    await rename(partial, path)
    return rows
  } catch (cause) {
    await rm(partial, { force: true })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`The export was interrupted, and ${path} was not written: ${reason}. Repeat it.`)
  }
}

function rowsOf(lastLine: string, format: ExportFormat): number | undefined {
  if (format === 'ndjson') return ExportTrailer.safeParse(parseJson(Buffer.from(lastLine))).data?.export.rows
  const [, rows] = lastLine.startsWith(CSV_COMPLETE) ? (lastLine.slice(CSV_COMPLETE.length).match(/^(\d+) rows,*$/) ?? []) : []
  return rows === undefined ? undefined : Number(rows)
}
