import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { OpenedFile } from '../../node/file-identity.js'
import { HEAD_BYTES, readHead, readRange } from '../file-content.js'
import { isExecutableOrScript } from './executable-or-script.js'

/** Input of the obfuscation rules for a file. */
export interface RuleContent {
  /** The whole content, or a window of it. */
  readonly content: Buffer
  /** The last part of its path. */
  readonly name: Buffer
}

const WINDOW_BYTES = IPC_LIMITS.obfuscationContentBytes
/** New bytes of each further window: it starts with the head, and repeats the end of the previous window. */
const ADVANCE_BYTES = WINDOW_BYTES - 2 * HEAD_BYTES
/** About 250 MiB. More than the default size limit of files, and a bound for one that is set higher. */
const WINDOWS_MAX = 16

/**
 * Reads the beginning of a file for the rules of a trial.
 *
 * @returns undefined for file types that the rules do not cover.
 * @throws the system's error when the file cannot be read.
 */
export async function readRuleContent(file: OpenedFile): Promise<RuleContent | undefined> {
  const name = nameOf(file.path)
  const head = await readHead(file)
  if (!isExecutableOrScript(head, name.toString('latin1'))) return undefined
  const content = file.sizeBytes <= HEAD_BYTES ? head : await readRange(file.fd, 0, Math.min(file.sizeBytes, WINDOW_BYTES))
  return { content, name }
}

/** Returns the last part of a path. Pure. */
export function nameOf(path: Buffer): Buffer {
  return path.subarray(path.lastIndexOf(0x2f) + 1)
}

/**
 * Reads a file in windows that the rules can process. Every window begins with the head of the file, so that conditions on its first bytes hold
 * in each, and windows overlap, so that no string is cut: padding does not move content out of sight.
 *
 * @throws the system's error when the file cannot be read.
 */
export async function* readRuleWindows({ fd, sizeBytes }: OpenedFile): AsyncGenerator<Buffer> {
  yield await readRange(fd, 0, Math.min(sizeBytes, WINDOW_BYTES))
  if (sizeBytes <= WINDOW_BYTES) return
  const head = await readRange(fd, 0, HEAD_BYTES)
  const endsAt = Math.min(sizeBytes, ruleBytesMax())
  for (let position = WINDOW_BYTES; position < endsAt; position += ADVANCE_BYTES)
    yield Buffer.concat([head, await readRange(fd, position - HEAD_BYTES, HEAD_BYTES + Math.min(ADVANCE_BYTES, endsAt - position))])
}

/** Returns the bytes of a file that the rules see at most. Pure. */
export function ruleBytesMax(): number {
  return WINDOW_BYTES + (WINDOWS_MAX - 1) * ADVANCE_BYTES
}
