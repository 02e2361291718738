/** Code and imports of an executable. */
export interface ExecutableCode {
  /** The executable sections or segments, cut at the end of the content. */
  readonly parts: readonly Uint8Array[]
  /** Number of imported functions (ELF) or libraries (PE); undefined when unknown. */
  readonly importCount: number | undefined
}

/** Longer tables are cut: compilers do not create them, and parsing them would take too long. */
const MAX_TABLE_ENTRIES = 4096
const MAX_SYMBOLS = 200_000

const SHT_NOBITS = 8
const SHT_DYNSYM = 11
const SHF_EXECINSTR = 0x4
const PT_LOAD = 1
const PF_X = 0x1
const PE_EXECUTE = 0x2000_0000

/**
 * Extracts the code of an ELF or PE file. The input is untrusted: ranges outside the content are ignored. Pure.
 *
 * @returns undefined for anything else.
 */
export function executableCode(content: Buffer): ExecutableCode | undefined {
  try {
    if (content.length > 64 && content.readUInt32BE(0) === 0x7f454c46) return elfCode(content)
    if (content.length > 64 && content.readUInt16BE(0) === 0x4d5a) return peCode(content)
    return undefined
  } catch (error) {
    // Buffer's readers throw RangeError past the end, which means that the header is invalid.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Reads numbers in the file's byte order and word size. */
class ElfReader {
  readonly content: Buffer
  readonly isWide: boolean
  readonly #isLittle: boolean

  constructor(content: Buffer) {
    this.content = content
    this.isWide = content[4] === 2
    this.#isLittle = content[5] === 1
  }

  half(at: number): number {
    return this.#isLittle ? this.content.readUInt16LE(at) : this.content.readUInt16BE(at)
  }

  int(at: number): number {
    return this.#isLittle ? this.content.readUInt32LE(at) : this.content.readUInt32BE(at)
  }

  /** An address, offset or size. */
  word(at: number): number {
    if (!this.isWide) return this.int(at)
    return Number(this.#isLittle ? this.content.readBigUInt64LE(at) : this.content.readBigUInt64BE(at))
  }
}

interface ElfSection {
  readonly type: number
  readonly flags: number
  readonly offset: number
  readonly sizeBytes: number
}

function elfCode(content: Buffer): ExecutableCode {
  const elf = new ElfReader(content)
  const sections = elfSections(elf)
  const ofSections = sections.filter(({ type, flags }) => type !== SHT_NOBITS && (flags & SHF_EXECINSTR) !== 0)
  const ranges = ofSections.length > 0 ? ofSections : elfSegments(elf)
  const symbols = sections.find(({ type }) => type === SHT_DYNSYM)
  // Packers often remove the section table, and with it the imports.
  const importCount = symbols ? countUndefined(elf, symbols) : sections.length === 0 ? 0 : undefined
  return { parts: ranges.map(({ offset, sizeBytes }) => content.subarray(offset, offset + sizeBytes)), importCount }
}

function elfSections(elf: ElfReader): ElfSection[] {
  const [at, entryBytes, count] = elf.isWide
    ? [elf.word(0x28), elf.half(0x3a), elf.half(0x3c)]
    : [elf.word(0x20), elf.half(0x2e), elf.half(0x30)]
  // The table is at the end of a file, so a truncated content has none.
  if (at === 0 || at + entryBytes * count > elf.content.length) return []
  return Array.from({ length: Math.min(count, MAX_TABLE_ENTRIES) }, (_, index) => {
    const start = at + index * entryBytes
    const [flags, offset, size] = elf.isWide ? [8, 24, 32] : [8, 16, 20]
    return { type: elf.int(start + 4), flags: elf.word(start + flags), offset: elf.word(start + offset), sizeBytes: elf.word(start + size) }
  })
}

function elfSegments(elf: ElfReader): ElfSection[] {
  const [at, entryBytes, count] = elf.isWide
    ? [elf.word(0x20), elf.half(0x36), elf.half(0x38)]
    : [elf.word(0x1c), elf.half(0x2a), elf.half(0x2c)]
  return Array.from({ length: Math.min(count, MAX_TABLE_ENTRIES) }, (_, index) => {
    const start = at + index * entryBytes
    const [flags, offset, size] = elf.isWide ? [4, 8, 32] : [24, 4, 16]
    return { type: elf.int(start), flags: elf.int(start + flags), offset: elf.word(start + offset), sizeBytes: elf.word(start + size) }
  }).filter(({ type, flags }) => type === PT_LOAD && (flags & PF_X) !== 0)
}

function countUndefined(elf: ElfReader, { offset, sizeBytes }: ElfSection): number {
  const [entryBytes, sectionAt] = elf.isWide ? [24, 6] : [16, 14]
  const end = Math.min(offset + sizeBytes, elf.content.length, offset + MAX_SYMBOLS * entryBytes)
  let count = 0
  // The first entry is reserved.
  for (let at = offset + entryBytes; at + entryBytes <= end; at += entryBytes) if (elf.half(at + sectionAt) === 0) count += 1
  return count
}

function peCode(content: Buffer): ExecutableCode | undefined {
  const header = content.readUInt32LE(0x3c)
  if (content.readUInt32BE(header) !== 0x5045_0000) return undefined
  const sectionCount = Math.min(content.readUInt16LE(header + 6), MAX_TABLE_ENTRIES)
  const optionalBytes = content.readUInt16LE(header + 20)
  const sectionsAt = header + 24 + optionalBytes
  const directoriesAt = header + 24 + (content.readUInt16LE(header + 24) === 0x20b ? 112 : 96)
  // 20 bytes per imported library; the last entry is empty.
  const importCount = Math.max(0, Math.floor(content.readUInt32LE(directoriesAt + 12) / 20) - 1)
  const parts: Uint8Array[] = []
  for (let at = sectionsAt; at < sectionsAt + sectionCount * 40; at += 40) {
    const [sizeBytes, offset] = [content.readUInt32LE(at + 16), content.readUInt32LE(at + 20)]
    if ((content.readUInt32LE(at + 36) & PE_EXECUTE) !== 0) parts.push(content.subarray(offset, offset + sizeBytes))
  }
  return { parts, importCount }
}
