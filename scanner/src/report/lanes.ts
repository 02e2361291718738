import { INGEST_LIMITS, MIB_BYTES } from '@guardimesh/contracts'
import { encodeResultBatch } from './encode-batch.js'
import type { RecordKind } from './gap-ledger.js'
import type { SpoolLane } from './spool.js'
import type { SpoolRecord } from './spool-record.js'

/** Sightings of one record of the spool at most. */
export const SIGHTINGS_PER_RECORD = 250

/** How the records of a lane are sent. */
export interface Lane {
  readonly recordsPerBatch: number
  readonly bytesPerBatch: number
  /** Puts records into one ClamResultBatch. Pure. */
  readonly encode: (records: readonly SpoolRecord[]) => Uint8Array
  readonly kindOf: (record: SpoolRecord) => RecordKind
  /** Ending of a file that holds one record which the backend will never take. */
  readonly suffix: string
}

export const LANES: Readonly<Record<SpoolLane, Lane>> = {
  results: {
    recordsPerBatch: INGEST_LIMITS.resultsPerBatch,
    // Protobuf of results shrinks 5 to 8 times, so this much fits into a body of 1 MiB; when it does not, the batch is halved.
    bytesPerBatch: 4 * MIB_BYTES,
    encode: encodeResultBatch,
    kindOf: ({ findings }) => (findings === 0 ? 'clean' : 'findings'),
    suffix: 'clam-result.pb',
  },
  sightings: {
    recordsPerBatch: INGEST_LIMITS.sightingsPerBatch / SIGHTINGS_PER_RECORD,
    // A quarter of it are hashes, which do not shrink.
    bytesPerBatch: MIB_BYTES,
    // Each is a batch already, and protobuf joins lists of messages that are written one after the other.
    encode: (records) => Buffer.concat(records.map(({ payload }) => payload)),
    kindOf: () => 'sightings',
    suffix: 'sightings.pb',
  },
}
