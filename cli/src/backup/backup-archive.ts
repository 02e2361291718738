import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { messageOf, systemCodeOf } from '@guardimesh/kit'
import { ByteReader, paddingBytes, StreamEndedError, sizeInHeader, TAR_BLOCK_BYTES, TAR_END, tarHeader } from '@guardimesh/signature-format'
import type { Decrypter } from 'age-encryption'
import { CommandError } from '../command-error.js'
import { BACKUP_FILE_MODE } from './backup-list.js'

/** Start of every age file. Source: https://age-encryption.org/v1 */
const AGE_START = 'age-encryption.org/'
const READ_BYTES = 1024 * 1024

/** A backup file, and the keys for it if it is encrypted. */
export interface BackupSource {
  readonly path: string
  readonly decrypter?: Decrypter | undefined
}

export interface ArchiveEntry {
  readonly path: string
  readonly sizeBytes: number
  /** Must be read before the next entry. */
  readonly chunks: AsyncGenerator<Buffer>
}

/** Yields the entries of a backup. At its end, all bytes of the file were read and, if encrypted, authenticated. @throws CommandError. */
export async function* readEntries(source: BackupSource): AsyncGenerator<ArchiveEntry> {
  const reader = new ByteReader(await openArchive(source))
  try {
    yield* withReason(entriesOf(reader))
  } finally {
    await reader.close()
  }
}

async function* entriesOf(reader: ByteReader): AsyncGenerator<ArchiveEntry> {
  for (;;) {
    const header = await reader.exactly(TAR_BLOCK_BYTES)
    if (header.every((byte) => byte === 0)) break
    const path = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const sizeBytes = sizeInHeader(header)
    if (!Number.isInteger(sizeBytes) || !header.equals(tarHeader({ path, sizeBytes, mode: BACKUP_FILE_MODE }))) throw notABackup()
    const chunks = withReason(reader.pieces(sizeBytes))
    yield { path, sizeBytes, chunks }
    while (!(await chunks.next()).done);
    await reader.exactly(paddingBytes(sizeBytes))
  }
  await reader.exactly(TAR_END.length - TAR_BLOCK_BYTES)
  if (!(await reader.isAtEnd())) throw notABackup()
}

/** Reports a file that ends early as incomplete. */
async function* withReason<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw error instanceof StreamEndedError ? notABackup() : error
  }
}

function notABackup(): CommandError {
  return new CommandError('Not a Guardimesh backup, or incomplete: copy it again.')
}

/** Returns the plain archive. Key and file must match: an unexpected plain file can be a replaced one. */
async function openArchive({ path, decrypter }: BackupSource): Promise<AsyncIterable<Buffer>> {
  const isEncrypted = await startsLikeAge(path)
  const file = () => createReadStream(path, { highWaterMark: READ_BYTES })
  if (isEncrypted && decrypter) return decrypt(file(), decrypter)
  if (isEncrypted) throw new CommandError('The backup is encrypted: give its key with --identity or --passphrase-file.')
  if (decrypter)
    throw new CommandError(
      'The backup is not encrypted, but a key was given: it may have been replaced. If it is the right file, restore it without a key.',
    )
  return file()
}

async function startsLikeAge(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new CommandError(`The backup cannot be read: ${error.message}.`)
  })
  try {
    const { buffer } = await file.read(Buffer.alloc(AGE_START.length), 0, AGE_START.length, 0)
    return buffer.toString('latin1') === AGE_START
  } finally {
    await file.close()
  }
}

/** age authenticates each chunk of 64 KiB before it is returned, and the end of the file. */
async function* decrypt(file: Readable, decrypter: Decrypter): AsyncGenerator<Buffer> {
  let problem = 'The backup cannot be decrypted: the key is wrong, or the start of the file is damaged'
  try {
    const decrypted: AsyncIterable<Uint8Array> = await decrypter.decrypt(Readable.toWeb(file))
    problem = 'The backup is damaged, incomplete or was changed: copy it again, or use another backup'
    for await (const chunk of decrypted) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
  } catch (error) {
    if (systemCodeOf(error)) throw error
    throw new CommandError(`${problem} (${messageOf(error)}).`, { cause: error })
  } finally {
    file.destroy()
  }
}
