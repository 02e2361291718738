import { createHash, type KeyObject } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Duplex, PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { paddingBytes, signList, TAR_END, tarHeader } from '@guardimesh/signature-format'
import type { Encrypter } from 'age-encryption'
import { BACKUP_FILE_MODE, type BackupList, type ContentFile, LIST_FILE, pieceName, SIGNATURE_FILE } from './backup-list.js'

/** A tar header needs the size of its entry, so a piece is kept in memory until it is complete. */
const PIECE_BYTES = 8 * 1024 * 1024

export interface BackupContent {
  readonly path: ContentFile
  /** Writes the content to a stream. */
  readonly write: (stream: Writable) => Promise<void>
}

/** How a backup is protected. Default: neither encrypted nor signed. */
export interface BackupProtection {
  readonly encrypter?: Encrypter | undefined
  readonly privateKey?: KeyObject | undefined
}

export interface NewBackup extends BackupProtection {
  readonly contents: readonly BackupContent[]
  readonly facts: Omit<BackupList, 'format' | 'madeAtMs' | 'files'>
}

/** Writes a backup as a stream: plain text is never written to the disk of an encrypted backup. The file gets its name when it is complete. */
export async function writeBackup(path: string, backup: NewBackup): Promise<BackupList> {
  const partial = `${path}.partial`
  const list: BackupList = { format: 2, madeAtMs: Date.now(), ...backup.facts, files: [] }
  try {
    const encryption = backup.encrypter ? [await encryptionWith(backup.encrypter)] : []
    await pipeline([
      Readable.from(archiveOf(backup, list)),
      ...encryption,
      createWriteStream(partial, { mode: BACKUP_FILE_MODE, flush: true }),
    ])
    await rename(partial, path)
    return list
  } finally {
    await rm(partial, { force: true })
  }
}

async function encryptionWith(encrypter: Encrypter): Promise<Duplex> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  return Duplex.fromWeb({ writable, readable: await encrypter.encrypt(readable) })
}

/** Yields the archive, and adds the files to the list. */
async function* archiveOf({ contents, privateKey }: NewBackup, list: BackupList): AsyncGenerator<Buffer> {
  for (const content of contents) {
    const hash = createHash('sha256')
    let sizeBytes = 0
    let number = 0
    for await (const piece of piecesOf(content)) {
      hash.update(piece)
      sizeBytes += piece.length
      number += 1
      yield* entry(pieceName(content.path, number), piece)
    }
    list.files.push({ path: content.path, sizeBytes, sha256: hash.digest('hex') })
  }
  const bytes = Buffer.from(`${JSON.stringify(list, null, 2)}\n`)
  yield* entry(LIST_FILE, bytes)
  if (privateKey) yield* entry(SIGNATURE_FILE, signList(bytes, privateKey))
  yield TAR_END
}

function* entry(path: string, content: Buffer): Generator<Buffer> {
  yield tarHeader({ path, sizeBytes: content.length, mode: BACKUP_FILE_MODE })
  yield content
  yield Buffer.alloc(paddingBytes(content.length))
}

/** Yields at least one piece. */
async function* piecesOf({ write }: BackupContent): AsyncGenerator<Buffer> {
  const stream = new PassThrough()
  const written = write(stream).then(
    () => void stream.end(),
    (error: Error) => {
      stream.destroy(error)
      throw error
    },
  )
  // The rejection is handled below, after the stream was read.
  written.catch(() => undefined)
  let chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes < PIECE_BYTES) continue
    yield Buffer.concat(chunks)
    chunks = []
    sizeBytes = 0
  }
  await written
  yield Buffer.concat(chunks)
}
