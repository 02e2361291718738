import { readSync } from 'node:fs'

const PAGE_BYTES = 4096
const SLOT_BYTES = 16
/** The header of the file replaces the first two slots. */
const HEADER_BYTES = 32
const BLOCK_BYTES = 16
const BLOB_HEADER_BYTES = 16
const BLOB_TAIL_BYTES = 12
const MAGIC = { file: 'RpmP', slot: 'Slot', blob: 'BlbS' } as const

export interface HeaderLimits {
  readonly fileBytes: number
  readonly headerBytes: number
}

/** True for the first bytes of an ndb database. */
export function isNdb(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === MAGIC.file
}

/**
 * Yields the headers of an ndb database (`Packages.db`).
 *
 * @throws Error when it is damaged.
 * Source: rpm, lib/backend/ndb/rpmpkg.c (pages with slots, each with the number, the first block and the length of a blob; little-endian).
 */
export function* ndbHeaders(fd: number, limits: HeaderLimits): Generator<Buffer> {
  const file = readAt(fd, 0, HEADER_BYTES)
  if (file.readUInt32LE(4) !== 0) throw new Error(`unknown version ${file.readUInt32LE(4)} of the database`)
  const slotsEnd = file.readUInt32LE(12) * PAGE_BYTES
  if (slotsEnd > limits.fileBytes) throw new Error('the database has a wrong number of pages')
  for (let page = 0; page < slotsEnd; page += PAGE_BYTES) {
    const slots = readAt(fd, page, PAGE_BYTES)
    for (let at = page === 0 ? HEADER_BYTES : 0; at < PAGE_BYTES; at += SLOT_BYTES) {
      if (slots.toString('latin1', at, at + 4) !== MAGIC.slot) throw new Error('damaged slot')
      const [blob, firstBlock, blocks] = [slots.readUInt32LE(at + 4), slots.readUInt32LE(at + 8), slots.readUInt32LE(at + 12)]
      if (firstBlock !== 0) yield blobAt(fd, blob, firstBlock * BLOCK_BYTES, Math.min(blocks * BLOCK_BYTES, limits.headerBytes))
    }
  }
}

function blobAt(fd: number, number: number, position: number, maxBytes: number): Buffer {
  const header = readAt(fd, position, BLOB_HEADER_BYTES)
  const bytes = header.readUInt32LE(12)
  const isValid = header.toString('latin1', 0, 4) === MAGIC.blob && header.readUInt32LE(4) === number
  if (!isValid || BLOB_HEADER_BYTES + bytes + BLOB_TAIL_BYTES > maxBytes) throw new Error('damaged or too large package')
  return readAt(fd, position + BLOB_HEADER_BYTES, bytes)
}

function readAt(fd: number, position: number, bytes: number): Buffer {
  const content = Buffer.alloc(bytes)
  if (readSync(fd, content, 0, bytes, position) < bytes) throw new Error('unexpected end of the database')
  return content
}
