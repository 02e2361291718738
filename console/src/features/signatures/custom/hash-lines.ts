import { CustomHash } from '@guardimesh/contracts'

export interface HashLines {
  hashes: CustomHash[]
  /** Lines without a valid hash; numbered from 1. */
  unreadable: { line: number; text: string }[]
  /** Number of lines with a duplicate hash. */
  repeated: number
}

const HASH = /^[0-9a-f]{64}$|^[0-9a-f]{32}$/i

/**
 * Parses hashes, one per line: "HASH", "HASH NAME", "HASH,NAME", ClamAV's "HASH:SIZE:NAME" (size in bytes or *), or the output
 * of `sha256sum`. Skips empty lines and lines that start with #. Pure.
 *
 * @param name   default name, for hashes without one.
 * @param reason reason of all entries.
 */
export function parseHashLines(text: string, { name, reason }: { name: string; reason: string }): HashLines {
  const found = new Map<string, CustomHash>()
  const unreadable: HashLines['unreadable'] = []
  let lines = 0
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const parsed = CustomHash.safeParse({ ...partsOf(line, name), reason })
    if (!parsed.success) {
      unreadable.push({ line: index + 1, text: line })
      continue
    }
    lines += 1
    if (!found.has(parsed.data.hash)) found.set(parsed.data.hash, parsed.data)
  }
  return { hashes: [...found.values()], unreadable, repeated: lines - found.size }
}

function partsOf(line: string, defaultName: string): { hash: string; sizeBytes: number | null; name: string } {
  const [hash = '', ...rest] = line.split(/[\s,;:]+/).filter((part) => part !== '')
  // Only ClamAV's format has a size: in the others, a number is a name.
  const hasSize = line.includes(':') && /^(\d+|\*)$/.test(rest[0] ?? '')
  const [size, given] = hasSize ? [rest[0], rest[1]] : [undefined, rest[0]]
  // `sha256sum` marks binary files with a star before the name. A path is not a signature name.
  const name = given === undefined || given.startsWith('*') || given.includes('/') ? defaultName : given
  return {
    hash: HASH.test(hash) ? hash.toLowerCase() : '',
    sizeBytes: size === undefined || size === '*' ? null : Number(size),
    name,
  }
}
