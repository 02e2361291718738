import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRecord, parseRecords, type SpoolRecord } from './spool-record.js'

const record: fc.Arbitrary<SpoolRecord> = fc.record({
  payload: fc.uint8Array({ maxLength: 200 }),
  findings: fc.nat(1000),
  atMs: fc.nat(2 ** 40),
})
const bytesOf = (records: readonly SpoolRecord[]) => Buffer.concat(records.map(encodeRecord))
const plain = (records: readonly SpoolRecord[]) =>
  records.map(({ payload, ...rest }) => ({ ...rest, payload: Buffer.from(payload).toString('hex') }))

describe('parseRecords', () => {
  test('returns every complete record of a segment that is truncated at any byte', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.nat(), (records, at) => {
        const bytes = bytesOf(records)
        const cut = at % (bytes.length + 1)
        const { records: read, lost, validBytes } = parseRecords(bytes.subarray(0, cut))
        expect(plain(read)).toEqual(plain(records.slice(0, read.length)))
        expect(lost.results).toBe(0)
        expect(validBytes).toBe(bytesOf(records.slice(0, read.length)).length)
        expect(bytesOf(records.slice(0, read.length + 1)).length > cut || read.length === records.length).toBe(true)
      }),
    )
  })

  test('loses at most one record to a flipped byte and never returns a wrong one', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 2, maxLength: 6 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (records, at, flip) => {
        const bytes = bytesOf(records)
        const offset = at % bytes.length
        bytes[offset] = (bytes[offset] as number) ^ flip
        const known = plain(records).map((item) => JSON.stringify(item))
        const read = plain(parseRecords(bytes).records).map((item) => JSON.stringify(item))
        expect(read.length).toBeGreaterThanOrEqual(records.length - 1)
        for (const item of read) expect(known).toContain(item)
      }),
    )
  })

  test('does not throw for arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => parseRecords(Buffer.from(bytes)).records.length >= 0))
  })
})
