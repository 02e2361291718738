import { read } from 'node:fs'
import { promisify } from 'node:util'
import { IPC_LIMITS } from '@guardimesh/contracts'
import type { OpenedFile } from '../../node/file-identity.js'
import { HEAD_BYTES, isExecutableOrScript } from './executable-or-script.js'

const readAt = promisify(read)

/** Input of the obfuscation rules for a file. */
export interface RuleContent {
  /** The whole content, or its first 16 MiB. */
  readonly content: Buffer
  /** The last part of its path. */
  readonly name: Buffer
}

/**
 * Reads the input of the obfuscation rules from an open file.
 *
 * @returns undefined for file types that the rules do not cover.
 * @throws the system's error when the file cannot be read.
 */
export async function readRuleContent({ fd, path, sizeBytes }: OpenedFile): Promise<RuleContent | undefined> {
  const name = path.subarray(path.lastIndexOf(0x2f) + 1)
  const head = await readStart(fd, Math.min(sizeBytes, HEAD_BYTES))
  if (!isExecutableOrScript(head, name.toString('latin1'))) return undefined
  const content = sizeBytes <= HEAD_BYTES ? head : await readStart(fd, Math.min(sizeBytes, IPC_LIMITS.obfuscationContentBytes))
  return { content, name }
}

/** Uses positional reads, because the descriptor's offset is shared with clamd. */
async function readStart(fd: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes)
  let filled = 0
  while (filled < sizeBytes) {
    const { bytesRead } = await readAt(fd, bytes, filled, sizeBytes - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
