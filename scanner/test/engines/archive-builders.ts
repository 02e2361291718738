import { constants, crc32, deflateRawSync } from 'node:zlib'

const MIB = 1024 * 1024

/** Part of a DEFLATE stream that others can follow. */
const PACKED_ZEROS = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH })

export interface ZipMember {
  readonly name: string
  readonly content: Buffer
  /** Zeros before the content, which pack to 1 KiB each. The checksum is that of the content alone then, which no engine verifies. */
  readonly zerosMib?: number
  /** Default: deflate. */
  readonly isStored?: boolean
}

/** Values of the headers that differ from the right ones. */
export interface ZipFaults {
  /** Packed size in the local header only. */
  readonly localPackedBytes?: number
  /** Method in both headers. */
  readonly method?: number
}

/** Builds a ZIP archive. */
export function buildZip(members: readonly ZipMember[], faults: ZipFaults = {}): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content, zerosMib = 0, isStored = false } of members) {
    const data = isStored ? content : Buffer.concat([...Array.from({ length: zerosMib }, () => PACKED_ZEROS), deflateRawSync(content)])
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(faults.method ?? (isStored ? 0 : 8), 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(zerosMib * MIB + content.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const localCommon = Buffer.from(common)
    localCommon.writeUInt32LE(faults.localPackedBytes ?? data.length, 14)
    if (faults.localPackedBytes === 0) localCommon.writeUInt32LE(0, 18)
    locals.push(Buffer.from('PK\x03\x04'), localCommon, Buffer.from(name), data)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    centrals.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + data.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

/** Builds a tar archive with one member, in the ustar format. */
export function buildTar(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\x000000000\x000000000\0', 100, 'latin1')
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0        0', 136, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), Buffer.alloc(1024)])
}

/** Builds a cpio archive with one member, in the format of an initramfs. */
export function buildCpio(name: string, content: Buffer): Buffer {
  const member = (memberName: string, data: Buffer) => {
    const fields = [1, 0o100644, 0, 0, 1, 0, data.length, 0, 0, 0, 0, memberName.length + 1, 0]
    const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${memberName}\0`
    return Buffer.concat([padded(Buffer.from(header)), padded(data)])
  }
  return Buffer.concat([member(name, content), member('TRAILER!!!', Buffer.alloc(0))])
}

/** Builds an ar archive, the container of a Debian package. */
export function buildAr(name: string, content: Buffer): Buffer {
  const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`
  return Buffer.concat([Buffer.from('!<arch>\n'), Buffer.from(header), content])
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}
