import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { paddingBytes, sizeInHeader, TAR_BLOCK_BYTES, TAR_END, tarHeader } from '@guardimesh/signature-format'
import { z } from 'zod'
import { CommandError } from '../command-error.js'

export const DATABASE_FILE = 'database.dump'
export const SIGNATURES_FILE = 'signatures.tar'
const LIST_FILE = 'backup.json'
const LIST_MAX_BYTES = 64 * 1024
const MODE = 0o600

/** `backup.json`, the last file of a backup: the list of its files. */
export const BackupList = z.object({
  format: z.literal(1),
  madeAtMs: z.number().int(),
  /** Name of the GuardimeshPlatform. */
  platform: z.string().max(253),
  version: z.string().max(63),
  /** Latest migration of the database, and its increasing number. */
  schema: z.object({ name: z.string().max(255), number: z.number().int() }),
  files: z.array(z.object({ path: z.enum([DATABASE_FILE, SIGNATURES_FILE]), sizeBytes: z.number().int(), sha256: z.string() })).length(2),
})
export type BackupList = z.infer<typeof BackupList>

/** Location of a file in a backup. */
export interface BackupPart {
  readonly path: string
  readonly offset: number
  readonly sizeBytes: number
}

/** Writes a backup: a tar archive of streams of unknown length. It is renamed to its final name when it is complete. */
export class BackupWriter {
  readonly #path: string
  readonly #file: FileHandle
  readonly #files: BackupList['files'] = []
  #offset = 0

  private constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  static async create(path: string): Promise<BackupWriter> {
    return new BackupWriter(path, await open(partialOf(path), 'w', MODE))
  }

  /** Adds a file. `write` writes its content to a stream. */
  async add(path: typeof DATABASE_FILE | typeof SIGNATURES_FILE, write: (stream: Writable) => Promise<void>): Promise<void> {
    const headerAt = this.#offset
    this.#offset += TAR_BLOCK_BYTES
    const hash = createHash('sha256')
    const append = async (chunk: Buffer) => {
      hash.update(chunk)
      await this.#put(chunk)
    }
    const stream = new Writable({ write: (chunk, _, done) => void append(chunk).then(() => done(), done) })
    await write(stream)
    const sizeBytes = this.#offset - headerAt - TAR_BLOCK_BYTES
    await this.#put(Buffer.alloc(paddingBytes(sizeBytes)))
    await this.#file.write(tarHeader({ path, sizeBytes, mode: MODE }), 0, TAR_BLOCK_BYTES, headerAt)
    this.#files.push({ path, sizeBytes, sha256: hash.digest('hex') })
  }

  async finish(facts: Omit<BackupList, 'format' | 'files'>): Promise<BackupList> {
    const list: BackupList = { format: 1, ...facts, files: this.#files }
    const content = Buffer.from(`${JSON.stringify(list, null, 2)}\n`)
    const header = tarHeader({ path: LIST_FILE, sizeBytes: content.length, mode: MODE })
    for (const part of [header, content, Buffer.alloc(paddingBytes(content.length)), TAR_END]) await this.#put(part)
    await this.#file.sync()
    await this.#file.close()
    await rename(partialOf(this.#path), this.#path)
    return list
  }

  /** Removes the unfinished backup. Has no effect after `finish`. */
  async abort(): Promise<void> {
    await this.#file.close().catch(() => undefined)
    await rm(partialOf(this.#path), { force: true })
  }

  async #put(chunk: Buffer): Promise<void> {
    await this.#file.write(chunk, 0, chunk.length, this.#offset)
    this.#offset += chunk.length
  }
}

/** Reads the list of a backup and verifies the checksum of each file. @throws CommandError when the backup is incomplete. */
export async function verifyBackup(path: string): Promise<{ list: BackupList; parts: readonly BackupPart[] }> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new CommandError(`The backup cannot be read: ${error.message}.`)
  })
  try {
    const parts = await findParts(file)
    const list = await readList(file, parts)
    for (const expected of list.files) {
      const part = parts.find((one) => one.path === expected.path)
      if (!part || part.sizeBytes !== expected.sizeBytes || (await hashOf(path, part)) !== expected.sha256)
        throw new CommandError(`${expected.path} in the backup is damaged: use another backup.`)
    }
    return { list, parts }
  } finally {
    await file.close()
  }
}

/** Reads the content of a file of a backup. */
export function readPart(path: string, part: BackupPart): ReturnType<typeof createReadStream> {
  return createReadStream(path, { start: part.offset, end: part.offset + part.sizeBytes - 1 })
}

async function findParts(file: FileHandle): Promise<BackupPart[]> {
  const parts: BackupPart[] = []
  const { size } = await file.stat()
  for (let at = 0; at + TAR_BLOCK_BYTES <= size; ) {
    const { buffer: header } = await file.read(Buffer.alloc(TAR_BLOCK_BYTES), 0, TAR_BLOCK_BYTES, at)
    if (header.every((byte) => byte === 0)) return parts
    const path = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const sizeBytes = sizeInHeader(header)
    if (!Number.isInteger(sizeBytes) || !header.equals(tarHeader({ path, sizeBytes, mode: MODE }))) break
    parts.push({ path, offset: at + TAR_BLOCK_BYTES, sizeBytes })
    at += TAR_BLOCK_BYTES + sizeBytes + paddingBytes(sizeBytes)
  }
  throw new CommandError('Not a Guardimesh backup, or incomplete: copy it again.')
}

async function readList(file: FileHandle, parts: readonly BackupPart[]): Promise<BackupList> {
  const part = parts.find(({ path }) => path === LIST_FILE)
  if (!part || part.sizeBytes > LIST_MAX_BYTES) throw new CommandError(`Not a Guardimesh backup: it contains no ${LIST_FILE}.`)
  const { buffer } = await file.read(Buffer.alloc(part.sizeBytes), 0, part.sizeBytes, part.offset)
  try {
    return BackupList.parse(JSON.parse(buffer.toString('utf8')))
  } catch (error) {
    throw new CommandError(`${LIST_FILE} of the backup is invalid: it was created by a newer guardimesh, or is damaged.`, { cause: error })
  }
}

async function hashOf(path: string, part: BackupPart): Promise<string> {
  const hash = createHash('sha256')
  if (part.sizeBytes > 0) for await (const chunk of readPart(path, part)) hash.update(chunk)
  return hash.digest('hex')
}

function partialOf(path: string): string {
  return `${path}.partial`
}
