import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { SignatureDelta } from '@guardimesh/contracts/signatures/catalog'
import { GuardError } from '@guardimesh/kit'
import {
  contentSha256Of,
  isContainerName,
  packContainer,
  SIGTOOL_LIMITS,
  sigtoolFailureReason,
  unpackContainer,
  updatedContainerName,
} from './container.js'
import { runEngine } from './run-engine.js'
import { fingerprint } from './signature-file.js'

/**
 * Commands allowed in unsigned script deltas. sigtool also supports MOVE, which accepts any path, so only deltas signed by ClamAV's authors
 * may use it.
 */
const SCRIPT_COMMAND = /^(OPEN|ADD|DEL|XCHG|CLOSE|UNLINK)( |$)/
const LONGEST_COMMAND_BYTES = 'UNLINK '.length
const LINE_END = 10

/** Maximum unpacked size of a script. A delta of the largest database is smaller. */
const MAX_SCRIPT_BYTES = 512 * 1024 * 1024

export interface DeltaTask {
  /** The old file, with its name in the generation. */
  readonly oldFile: string
  readonly form: SignatureDelta['form']
  /** The delta as received. */
  readonly deltaFile: string
  /** Empty temporary folder; removed afterwards. */
  readonly workFolder: string
  /** Path of the new file, which must not exist. */
  readonly target: string
}

/**
 * Applies a delta to a database. sigtool verifies the signature of a .cdiff.
 *
 * @returns the SHA-256 of the new content, which the caller compares with the manifest, and its name: a .cvd becomes a .cld.
 * @throws GuardError SIGNATURES_INVALID with sigtool's message when the delta cannot be applied.
 */
export async function applyDelta(task: DeltaTask, signal: AbortSignal): Promise<{ contentSha256: string; name: string }> {
  const { oldFile, workFolder, target } = task
  const name = basename(oldFile)
  const folder = join(workFolder, 'content')
  try {
    await mkdir(folder, { recursive: true })
    if (isContainerName(name)) await unpackContainer(oldFile, folder, signal)
    else await copyFile(oldFile, join(folder, name))
    await runScript(task, folder, signal)
    if (!isContainerName(name)) {
      const { sha256 } = await fingerprint(join(folder, name))
      await rename(join(folder, name), target)
      return { contentSha256: sha256, name }
    }
    const contentSha256 = await contentSha256Of(folder)
    await packContainer(folder, target, name)
    return { contentSha256, name: updatedContainerName(name) }
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

async function runScript({ oldFile, form, deltaFile, workFolder }: DeltaTask, folder: string, signal: AbortSignal): Promise<void> {
  const name = basename(oldFile)
  // sigtool derives from the extension whether the script must be signed, and from the part before the number which .info file to check.
  const script = join(workFolder, `${basename(name, extname(name))}-1.${form}`)
  if (form === 'cdiff') await copyFile(deltaFile, script)
  else await pipeline(createReadStream(deltaFile), createGunzip(), limit, ownCommandsOnly(deltaFile), createWriteStream(script), { signal })
  const run = { program: 'sigtool', args: [`--run-cdiff=${script}`], workingFolder: folder, ...SIGTOOL_LIMITS }
  const end = await runEngine(run, signal)
  // Loose files have no .info file, so sigtool fails in its last step; the caller compares the digest of the result.
  const isDone = end.exitCode === 0 || (!isContainerName(name) && /verifydiff: Can't open/.test(end.output))
  if (isDone && end.overLimit === undefined) return
  const why = sigtoolFailureReason(end, script, basename(deltaFile))
  throw new GuardError('SIGNATURES_INVALID', `the delta ${basename(deltaFile)} cannot be applied: ${why}`)
}

async function* limit(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let sizeBytes = 0
  for await (const chunk of chunks) {
    sizeBytes += chunk.length
    if (sizeBytes > MAX_SCRIPT_BYTES)
      throw new GuardError('SIGNATURES_INVALID', `the delta is too large (maximum ${MAX_SCRIPT_BYTES} bytes unpacked)`)
    yield chunk
  }
}

/** Passes on a script in chunks after checking the commands in each. */
function ownCommandsOnly(deltaFile: string) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const filter = new CommandFilter(basename(deltaFile))
    for await (const chunk of chunks) {
      filter.check(chunk)
      yield chunk
    }
    filter.check(Buffer.from('\n'))
  }
}

/** Checks the command of each line of a script. */
class CommandFilter {
  readonly #name: string
  /** First bytes of the current line. */
  #head = ''

  constructor(name: string) {
    this.#name = name
  }

  /** @throws GuardError SIGNATURES_INVALID for a command that is not allowed. */
  check(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      const end = chunk.indexOf(LINE_END, start) + 1 || chunk.length
      this.#head += chunk.toString('latin1', start, Math.min(end, start + LONGEST_COMMAND_BYTES - this.#head.length))
      if (chunk[end - 1] === LINE_END) this.#end()
      start = end
    }
  }

  #end(): void {
    const head = this.#head.trimEnd()
    if (head !== '' && !SCRIPT_COMMAND.test(head)) {
      const why = `command not allowed: ${JSON.stringify(head)}`
      throw new GuardError('SIGNATURES_INVALID', `the delta ${this.#name} cannot be applied: ${why}`)
    }
    this.#head = ''
  }
}
