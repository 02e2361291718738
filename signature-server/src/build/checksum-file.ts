import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { byteOrderMarkLength, messageOf, TextEncodingError, unlessMissing } from '@guardimesh/kit'
import { refusal } from '../refusal.js'

/** Bytes read from a checksum file; the digest is at its beginning. */
const HEAD_BYTES = 4096

export interface CheckedFile {
  readonly name: string
  readonly sourcePath: string
}

/**
 * Checks a file against `<name>.sha256`, if that file exists.
 *
 * @throws the refusal when the digests differ or the checksum file contains none.
 */
export async function requireChecksum({ name, sourcePath }: CheckedFile, sha256: string): Promise<void> {
  const text = await unlessMissing(readHead(name, `${sourcePath}.sha256`), undefined)
  if (text === undefined) return
  const expected = parseChecksum(text)
  if (expected !== sha256)
    throw refusal(
      'checksum',
      `${name} has SHA-256 ${sha256}, but ${name}.sha256 contains ${expected ?? 'no valid digest'}. Copy both again.`,
    )
}

/**
 * Returns the digest in the output of sha256sum, `sha256sum --tag`, openssl, PowerShell's Get-FileHash or certutil, of which old versions
 * write spaces between the bytes; undefined without a digest. Pure.
 */
export function parseChecksum(text: string): string | undefined {
  const [, digest] = /(?:^|[\s=\\])([0-9a-fA-F]{64})(?=\s|$)/.exec(text) ?? []
  const [spaced] = /^(?:[0-9a-fA-F]{2} ){31}[0-9a-fA-F]{2}(?=\s*$)/m.exec(text) ?? []
  return (digest ?? spaced?.replaceAll(' ', ''))?.toLowerCase()
}

async function readHead(name: string, path: string): Promise<string> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES) })
  const head = buffer.subarray(0, bytesRead)
  try {
    return head.toString('latin1', byteOrderMarkLength(head))
  } catch (error) {
    if (!(error instanceof TextEncodingError)) throw error
    throw refusal('checksum', `${name}.sha256 cannot be read: ${messageOf(error)}.`, error)
  }
}
