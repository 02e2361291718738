import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { extract, type Header } from 'tar-stream'
import { CONTAINER_HEADER_BYTES, digestOfMembers } from './container.js'

/** The official daily database has 30. */
const MAX_MEMBERS = 400
/** The official main database has 0.3 GiB unpacked. */
const MAX_UNPACKED_BYTES = 4096 * MIB_BYTES
/** Signatures pack to a third or so; what packs to a hundredth is made to fill disks. Small files may be as dull as they like. */
const MAX_RATIO = 100
const RATIO_COUNTS_FROM_BYTES = 64 * MIB_BYTES
/** One plain name: nothing hidden, nothing that leads elsewhere. */
const MEMBER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/
const GZIP_MAGIC = 0x1f8b
/** sigtool writes the oldest form of tar; the types do not know this option of tar-stream 3. */
const TAR_OPTIONS: object = { allowUnknownFormat: true }

/** What is in a container. */
export interface ContainerContent {
  /** As in SignatureManifestFile. */
  readonly contentSha256: string
  readonly unpackedBytes: number
  /** Names of what is in it. */
  readonly members: readonly string[]
}

/**
 * Looks a container through as a stream, without writing anything: plain files with plain names, not too many and not too large.
 *
 * @throws GuardError ARCHIVE_INVALID that says what is wrong with which member.
 */
export async function inspectContainer(file: string, signal: AbortSignal): Promise<ContainerContent> {
  const packed = createReadStream(file, { start: CONTAINER_HEADER_BYTES })
  const look = new Look(packed)
  const archive = extract(TAR_OPTIONS)
  const unpacking = (await isPacked(file)) ? createGunzip() : new PassThrough()
  const fed = pipeline(packed, unpacking, archive, { signal })
  // Whatever ends the loop ends the pipeline, and the other way round; the first reason counts.
  fed.catch(() => undefined)
  try {
    for await (const member of archive) await look.add(member.header, member)
    await fed
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof GuardError) throw error
    throw invalid(`its archive cannot be read (${messageOf(error)})`, error)
  } finally {
    archive.destroy()
    packed.destroy()
  }
  return look.content
}

/** What was seen so far. */
class Look {
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
    if (!MEMBER_NAME.test(name)) throw invalid(`it has a member ${shown}, which is no plain name`)
    if (type !== 'file') throw invalid(`its member ${shown} is a ${type}, not a file`)
    if (this.#members.has(name)) throw invalid(`it has the member ${shown} twice`)
    if (this.#members.size >= MAX_MEMBERS) throw invalid(`it has more than ${MAX_MEMBERS} members`)
    const hash = createHash('sha256')
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      this.#count(chunk.length)
      hash.update(chunk)
    }
    this.#members.set(name, hash.digest('hex'))
  }

  #count(bytes: number): void {
    this.#unpackedBytes += bytes
    if (this.#unpackedBytes > MAX_UNPACKED_BYTES) throw invalid(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`)
    const isBomb = this.#unpackedBytes > RATIO_COUNTS_FROM_BYTES && this.#unpackedBytes > MAX_RATIO * this.#packed.bytesRead
    if (isBomb) throw invalid(`it unpacks to more than ${MAX_RATIO} times its size, as a decompression bomb does`)
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
