import { createHash, type Hash, type KeyObject } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { fingerprintOf } from '@guardimesh/kit'
import { isSignedBy, SIGNATURE_FILE_BYTES } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { type ArchiveEntry, type BackupSource, readEntries } from './backup-archive.js'
import { BackupList, type ContentFile, contentFileOf, LIST_FILE, SIGNATURE_FILE } from './backup-list.js'

const LIST_MAX_BYTES = 64 * 1024

interface FoundContent {
  readonly hash: Hash
  sizeBytes: number
}

/**
 * Reads a whole backup and verifies its encryption, its signature and the checksum of each file.
 *
 * @param publicKey key that must have signed the backup; undefined skips this check.
 * @throws CommandError when the backup is incomplete, damaged, or not signed with this key.
 */
export async function verifyBackup(source: BackupSource, publicKey?: KeyObject): Promise<BackupList> {
  const contents = new Map<ContentFile, FoundContent>()
  let listBytes: Buffer | undefined
  let signature: Buffer | undefined
  for await (const entry of readEntries(source)) {
    const content = contentFileOf(entry.path)
    if (content) await addContent(contents, content, entry)
    else if (entry.path === LIST_FILE) listBytes = await readSmall(entry, LIST_MAX_BYTES)
    else if (entry.path === SIGNATURE_FILE) signature = await readSmall(entry, SIGNATURE_FILE_BYTES)
    else throw new CommandError(`Not a Guardimesh backup: it contains ${JSON.stringify(entry.path)}.`)
  }
  if (!listBytes) throw new CommandError(`Not a Guardimesh backup: it contains no ${LIST_FILE}.`)
  if (publicKey) requireSignature(listBytes, signature, publicKey)
  const list = parseList(listBytes)
  for (const expected of list.files) {
    const found = contents.get(expected.path)
    if (found?.sizeBytes !== expected.sizeBytes || found.hash.digest('hex') !== expected.sha256)
      throw new CommandError(`${expected.path} in the backup is damaged: use another backup.`)
  }
  return list
}

/** Reads the content of a file of a backup. */
export async function* readContent(source: BackupSource, path: ContentFile): AsyncGenerator<Buffer> {
  for await (const entry of readEntries(source)) if (contentFileOf(entry.path) === path) yield* entry.chunks
}

async function addContent(contents: Map<ContentFile, FoundContent>, path: ContentFile, { chunks }: ArchiveEntry): Promise<void> {
  const found = contents.get(path) ?? { hash: createHash('sha256'), sizeBytes: 0 }
  contents.set(path, found)
  for await (const chunk of chunks) {
    found.hash.update(chunk)
    found.sizeBytes += chunk.length
  }
}

async function readSmall({ path, sizeBytes, chunks }: ArchiveEntry, maxBytes: number): Promise<Buffer> {
  if (sizeBytes > maxBytes) throw new CommandError(`Not a Guardimesh backup: ${path} is too large.`)
  return buffer(chunks)
}

function requireSignature(list: Buffer, signature: Buffer | undefined, publicKey: KeyObject): void {
  if (!signature)
    throw new CommandError('The backup is rejected: it is not signed. Restore it without --verify-with only if you trust its origin.')
  if (isSignedBy(list, signature, publicKey)) return
  throw new CommandError(
    `The backup is rejected: it is not signed with the key ${fingerprintOf(publicKey)}, or ${LIST_FILE} was changed. Check that the public key belongs to the creator of the backup.`,
  )
}

function parseList(bytes: Buffer): BackupList {
  try {
    return BackupList.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw new CommandError(`${LIST_FILE} of the backup is invalid: it was created by a newer guardimesh, or is damaged.`, { cause: error })
  }
}
