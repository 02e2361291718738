import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { paddingBytes, TAR_END, tarHeader } from '@guardimesh/signature-format'

export interface RawMember {
  readonly name: string
  readonly content: string | Buffer
  /** Tar type; "2" for a symbolic link. */
  readonly type?: string
}

export interface RawContainer {
  readonly members: readonly RawMember[]
  readonly version?: number
  readonly level?: number
  /** Digital signature in the header. */
  readonly signature?: string
}

const TYPE_AT = 156
const CHECKSUM_AT = 148

/** Builds a container with arbitrary members and a matching header, as an attacker could. */
export function rawContainer({ members, version = 1, level = 90, signature = 'X' }: RawContainer): Buffer {
  const parts = members.flatMap(({ name, content, type = '0' }) => {
    const bytes = Buffer.from(content)
    return [headerOf(name, bytes.length, type), bytes, Buffer.alloc(paddingBytes(bytes.length))]
  })
  const packed = gzipSync(Buffer.concat([...parts, TAR_END]))
  const md5 = createHash('md5').update(packed).digest('hex')
  const header = `ClamAV-VDB:21 Nov 2026 14-34 +0000:${version}:1:${level}:${md5}:${signature}:somebody:1795271672`
  return Buffer.concat([Buffer.from(header.padEnd(512, ' ')), packed])
}

function headerOf(name: string, sizeBytes: number, type: string): Buffer {
  const header = tarHeader({ path: name, sizeBytes, mode: 0o644 })
  header.write(type, TYPE_AT)
  header.fill(' ', CHECKSUM_AT, CHECKSUM_AT + 8)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT)
  return header
}
