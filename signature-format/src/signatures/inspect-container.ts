import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { GuardError, messageOf } from '@guardimesh/kit'
import { extract, type Header } from 'tar-stream'
import { CONTAINER_HEADER_BYTES, digestOfMembers } from './container.js'

/** Maximum number of members. The official daily database has 30. */
const MAX_MEMBERS = 400
/** Maximum unpacked size. The official main database has 0.3 GiB. */
const MAX_UNPACKED_BYTES = 4096 * MIB_BYTES
/**
 * Maximum compression ratio: signatures compress to about a third, decompression bombs to less than a hundredth. Not checked for small
 * files.
 */
const MAX_RATIO = 100
const RATIO_CHECK_MIN_BYTES = 64 * MIB_BYTES
/** A plain file name: not hidden, without a path. */
const MEMBER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/
const GZIP_MAGIC = 0x1f8b
/** sigtool writes the oldest tar format. The type definitions lack this option of tar-stream 3. */
const TAR_OPTIONS: object = { allowUnknownFormat: true }

/** Content of a container. */
export interface ContainerContent {
  /** As in SignatureManifestFile. */
  readonly contentSha256: string
  readonly unpackedBytes: number
  /** Names of the members. */
  readonly members: readonly string[]
}

/**
 * Validates a container as a stream without unpacking it to disk: regular files with plain names, within limits of number and size.
 *
 * @throws GuardError ARCHIVE_INVALID with the invalid member and the reason.
 */
export async function inspectContainer(file: string, signal: AbortSignal): Promise<ContainerContent> {
  const packed = createReadStream(file, { start: CONTAINER_HEADER_BYTES })
  const inspection = new ContainerInspection(packed)
  const archive = extract(TAR_OPTIONS)
  const unpacking = (await isPacked(file)) ? createGunzip() : new PassThrough()
  const fed = pipeline(packed, unpacking, archive, { signal })
  // A failure of the loop ends the pipeline and vice versa; the first error is thrown.
  fed.catch(() => undefined)
  try {
    for await (const member of archive) await inspection.add(member.header, member)
    await fed
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof GuardError) throw error
    throw invalid(`invalid archive (${messageOf(error)})`, error)
  } finally {
    archive.destroy()
    packed.destroy()
  }
  return inspection.content
}

/** Collects and checks members. */
class ContainerInspection {
  readonly #packed: { readonly bytesRead: number }
  readonly #members = new Map<string, string>()
  #unpackedBytes = 0

  constructor(packed: { readonly bytesRead: number }) {
    this.#packed = packed
  }

  get content(): ContainerContent {
    return { contentSha256: digestOfMembers(this.#members), unpackedBytes: this.#unpackedBytes, members: [...this.#members.keys()] }
  }

  async add({ name, type }: Header, bytes: AsyncIterable<unknown>): Promise<void> {
    const shown = JSON.stringify(name.slice(0, 200))
    if (!MEMBER_NAME.test(name)) throw invalid(`the member ${shown} is not a plain file name`)
    if (type !== 'file') throw invalid(`the member ${shown} is a ${type}, not a file`)
    if (this.#members.has(name)) throw invalid(`duplicate member ${shown}`)
    if (this.#members.size >= MAX_MEMBERS) throw invalid(`too many members (maximum ${MAX_MEMBERS})`)
    const hash = createHash('sha256')
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      this.#count(chunk.length)
      hash.update(chunk)
    }
    this.#members.set(name, hash.digest('hex'))
  }

  #count(bytes: number): void {
    this.#unpackedBytes += bytes
    if (this.#unpackedBytes > MAX_UNPACKED_BYTES) throw invalid(`unpacked size too large (maximum ${MAX_UNPACKED_BYTES} bytes)`)
    const isBomb = this.#unpackedBytes > RATIO_CHECK_MIN_BYTES && this.#unpackedBytes > MAX_RATIO * this.#packed.bytesRead
    if (isBomb) throw invalid(`compression ratio above ${MAX_RATIO}, possible decompression bomb`)
  }
}

async function isPacked(file: string): Promise<boolean> {
  await using handle = await open(file, 'r')
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(2), position: CONTAINER_HEADER_BYTES })
  return bytesRead === 2 && buffer.readUInt16BE(0) === GZIP_MAGIC
}

function invalid(message: string, cause?: unknown): GuardError {
  return new GuardError('ARCHIVE_INVALID', message, {}, { cause })
}
