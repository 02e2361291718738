const PT_LOAD = 1
const PT_DYNAMIC = 2
const DT_NEEDED = 1
const DT_STRTAB = 5
const MACHINES: Readonly<Record<number, string>> = { 62: 'amd64', 183: 'arm64' }

/** Metadata of a program or library. */
export interface ElfFacts {
  /** Debian's name of its architecture; undefined for an unsupported one. */
  readonly machine: string | undefined
  /** Libraries that the loader must find, such as "libc.so.6". */
  readonly needed: readonly string[]
}

/**
 * Reads the dynamic section of a 64-bit little-endian ELF file.
 *
 * @returns undefined when the content is not an ELF file.
 * @throws RangeError when it is truncated.
 * Source: System V ABI, chapters 4 and 5 (ELF-64 object file format 1.5).
 */
export function parseElf(content: Buffer): ElfFacts | undefined {
  // 2 = 64 bits, 1 = little-endian.
  if (content.length < 64 || content.toString('latin1', 0, 4) !== '\x7fELF' || content[4] !== 2 || content[5] !== 1) return undefined
  const segments = segmentsOf(content)
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC)
  const tags = dynamic ? dynamicTags(content, dynamic.offset, dynamic.fileSize) : []
  const table = tags.find(({ tag }) => tag === DT_STRTAB)?.value
  const tableOffset = table === undefined ? undefined : fileOffset(segments, table)
  const needed =
    tableOffset === undefined ? [] : tags.filter(({ tag }) => tag === DT_NEEDED).map(({ value }) => stringAt(content, tableOffset + value))
  return { machine: MACHINES[content.readUInt16LE(18)], needed }
}

interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
}

function segmentsOf(content: Buffer): Segment[] {
  const start = Number(content.readBigUInt64LE(32))
  const [size, count] = [content.readUInt16LE(54), content.readUInt16LE(56)]
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size
    return {
      type: content.readUInt32LE(at),
      offset: Number(content.readBigUInt64LE(at + 8)),
      address: Number(content.readBigUInt64LE(at + 16)),
      fileSize: Number(content.readBigUInt64LE(at + 32)),
    }
  })
}

function dynamicTags(content: Buffer, offset: number, size: number): { tag: number; value: number }[] {
  return Array.from({ length: Math.floor(size / 16) }, (_, index) => ({
    tag: Number(content.readBigInt64LE(offset + index * 16)),
    value: Number(content.readBigUInt64LE(offset + index * 16 + 8)),
  }))
}

function fileOffset(segments: readonly Segment[], address: number): number | undefined {
  const holder = segments.find(
    (segment) => segment.type === PT_LOAD && address >= segment.address && address < segment.address + segment.fileSize,
  )
  return holder && address - holder.address + holder.offset
}

function stringAt(content: Buffer, offset: number): string {
  return content.toString('latin1', offset, content.indexOf(0, offset))
}
