import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { encodeResultBatch } from './encode-batch.js'
import type { RecordKind } from './gap-ledger.js'
import type { SpoolLane } from './spool.js'
import type { SpoolRecord } from './spool-record.js'

/** Maximum number of sightings in one spool record. */
export const SIGHTINGS_PER_RECORD = 250

/** Describes how the records of a lane are sent. */
export interface Lane {
  readonly recordsPerBatch: number
  readonly bytesPerBatch: number
  /** Encodes records as one ClamResultBatch. Pure. */
  readonly encode: (records: readonly SpoolRecord[]) => Uint8Array
  readonly kindOf: (record: SpoolRecord) => RecordKind
  /** File name suffix of a rejected record. */
  readonly suffix: string
}

export const LANES: Readonly<Record<SpoolLane, Lane>> = {
  results: {
    recordsPerBatch: INGEST_LIMITS.resultsPerBatch,
    // gzip shrinks results 5 to 8 times, so this fits into a body of 1 MiB; otherwise the batch is halved.
    bytesPerBatch: 4 * MIB_BYTES,
    encode: encodeResultBatch,
    kindOf: ({ findings }) => (findings === 0 ? 'clean' : 'findings'),
    suffix: 'clam-result.pb',
  },
  sightings: {
    recordsPerBatch: INGEST_LIMITS.sightingsPerBatch / SIGHTINGS_PER_RECORD,
    // A quarter of it are hashes, which are incompressible.
    bytesPerBatch: MIB_BYTES,
    // Each payload is a batch, and concatenated protobuf messages merge their repeated fields.
    encode: (records) => Buffer.concat(records.map(({ payload }) => payload)),
    kindOf: () => 'sightings',
    suffix: 'sightings.pb',
  },
}
