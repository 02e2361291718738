import { read } from 'node:fs'
import { promisify } from 'node:util'
import { IPC_LIMITS } from '@guardimesh/contracts'
import type { OpenedFile } from '../../node/file-identity.js'
import { HEAD_BYTES, isExecutableOrScript } from './executable-or-script.js'

const readAt = promisify(read)

/** What the rules are given of a file. */
export interface RuleContent {
  /** All of it, or its first 16 MiB. */
  readonly content: Buffer
  /** The last part of its path. */
  readonly name: Buffer
}

/**
 * Reads what the obfuscation rules are given of an open file.
 *
 * @returns undefined for a kind of file that they have nothing to say about.
 * @throws the system's error when it cannot be read.
 */
export async function readRuleContent({ fd, path, sizeBytes }: OpenedFile): Promise<RuleContent | undefined> {
  const name = path.subarray(path.lastIndexOf(0x2f) + 1)
  const head = await readStart(fd, Math.min(sizeBytes, HEAD_BYTES))
  if (!isExecutableOrScript(head, name.toString('latin1'))) return undefined
  const content = sizeBytes <= HEAD_BYTES ? head : await readStart(fd, Math.min(sizeBytes, IPC_LIMITS.obfuscationContentBytes))
  return { content, name }
}

/** Reads at positions: the descriptor's offset is shared with clamd. */
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
