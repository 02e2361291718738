import { MIB_BYTES } from '@guardimesh/contracts'

/**
 * Memory that clamd says it has (`STATS`): its pools, which hold the signatures, and its heap where the C library tells; Debian's does not,
 * so that it is some MiB below the resident memory of the process. Pure.
 *
 * @returns bytes; undefined when it says nothing.
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
