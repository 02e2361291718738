import { messages } from '@guardimesh/contracts/messages'
import { parseUuid } from '@guardimesh/kit'
import protobuf from 'protobufjs/minimal.js'
import type { StoredGap } from './gap-ledger.js'
import type { SpoolRecord } from './spool-record.js'

/** `results` of ClamResultBatch in clam_result.proto: field 101, length-delimited. */
const RESULTS_TAG = (101 << 3) | 2

/** Encodes results, whose payloads are encoded already, as one ClamResultBatch. Pure. */
export function encodeResultBatch(records: readonly SpoolRecord[]): Uint8Array {
  const writer = protobuf.Writer.create()
  for (const { payload } of records) writer.uint32(RESULTS_TAG).bytes(payload)
  return writer.finish()
}

/** Encodes gaps as a ClamResultBatch. Pure. */
export function encodeGapBatch(gaps: readonly StoredGap[], node: { readonly clusterId: string; readonly nodeName: string }): Uint8Array {
  return messages.ClamResultBatch.encode({
    gaps: gaps.map(({ gapId, ...gap }) => ({ ...gap, ...node, gapId: parseUuid(gapId) ?? new Uint8Array(16) })),
  }).finish()
}
