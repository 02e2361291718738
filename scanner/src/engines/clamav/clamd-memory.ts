import { MIB_BYTES } from '@guardimesh/contracts/units'

/**
 * Parses the memory of clamd from `STATS`: its pools, which hold the signatures, and its heap if the C library reports it. Debian's does not,
 * so the result is some MiB below the resident memory of the process. Pure.
 *
 * @returns bytes; undefined when `stats` has no memory line.
 */
export function memoryOfStats(stats: string): number | undefined {
  const [, line] = /^MEMSTATS: (.*)$/m.exec(stats) ?? []
  const pools = mebibytes(line, 'pools_total')
  if (pools === undefined) return undefined
  return Math.round((pools + (mebibytes(line, 'heap') ?? 0) + (mebibytes(line, 'mmap') ?? 0)) * MIB_BYTES)
}

function mebibytes(line: string | undefined, name: string): number | undefined {
  const [, amount] = new RegExp(`(?:^| )${name} (\\d+(?:\\.\\d+)?)M`).exec(line ?? '') ?? []
  return amount === undefined ? undefined : Number(amount)
}
