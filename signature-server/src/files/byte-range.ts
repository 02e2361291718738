/** Bytes `start` to `end`, both inclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Parses a Range header. Ignores multiple ranges, other units and invalid values, as RFC 9110 14.2 allows. Pure.
 *
 * @returns undefined for the full file, `unsatisfiable` for a range that starts after its end.
 */
export function parseByteRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const lengthBytes = Math.min(Number(last), sizeBytes)
    return lengthBytes === 0 ? 'unsatisfiable' : { start: sizeBytes - lengthBytes, end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = Math.min(last === '' ? sizeBytes - 1 : Number(last), sizeBytes - 1)
  if (start >= sizeBytes) return 'unsatisfiable'
  return end < start ? undefined : { start, end }
}
