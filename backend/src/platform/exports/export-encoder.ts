import { CSV_COMPLETE, type ExportFormat, type ExportTrailer } from '@guardimesh/contracts'
import { BYTE_ORDER_MARK, csvLine } from './csv.js'

/** Text of an export. Its last line states that the file is complete, because a connection may break at the end of any line. */
export interface ExportEncoder {
  readonly mediaType: string
  readonly head: string
  row(item: Readonly<Record<string, unknown>>): string
  end(rows: number): string
}

/** Creates the encoder of a format. @param columns keys of the items, in the order of the CSV file. */
export function exportEncoder(format: ExportFormat, columns: readonly string[]): ExportEncoder {
  return format === 'csv' ? csvEncoder(columns) : NDJSON
}

function csvEncoder(columns: readonly string[]): ExportEncoder {
  return {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: BYTE_ORDER_MARK + csvLine(columns),
    row: (item) => csvLine(columns.map((column) => item[column])),
    // As many cells as the other lines, which RFC 4180 requires.
    end: (rows) => csvLine(columns.map((_, at) => (at === 0 ? `${CSV_COMPLETE}${rows} rows` : ''))),
  }
}

const NDJSON: ExportEncoder = {
  mediaType: 'application/x-ndjson; charset=utf-8',
  head: '',
  row: (item) => `${JSON.stringify(item)}\n`,
  end: (rows) => `${JSON.stringify({ export: { isComplete: true, rows } } satisfies ExportTrailer)}\n`,
}
