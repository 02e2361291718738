import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { SignatureDelta } from '@guardimesh/contracts'
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
 * What a script of ours is made of, at the beginning of its lines. sigtool knows MOVE, too, which takes any path: nobody but ClamAV's authors,
 * who sign theirs, gets to use it.
 */
const SCRIPT_COMMAND = /^(OPEN|ADD|DEL|XCHG|CLOSE|UNLINK)( |$)/
const LONGEST_COMMAND_BYTES = 'UNLINK '.length
const LINE_END = 10

/** Unpacked, an update of the largest database is smaller than this. */
const MAX_SCRIPT_BYTES = 512 * 1024 * 1024

export interface UpdateStep {
  /** The old file, named as in its generation. */
  readonly oldFile: string
  readonly form: SignatureDelta['form']
  /** The update as it came. */
  readonly updateFile: string
  /** Empty folder to work in; it is gone afterwards. */
  readonly workFolder: string
  /** Where the new file is to be, nothing yet. */
  readonly target: string
}

/**
 * Makes the new content of a database of its old one and an update.
 *
 * @returns its content's SHA-256, which the caller compares with the manifest's, and its name: a .cvd becomes a .cld.
 * @throws GuardError SIGNATURES_INVALID with sigtool's words when the update does not fit; sigtool proves a .cdiff by its signature.
 */
export async function applyDelta(step: UpdateStep, signal: AbortSignal): Promise<{ contentSha256: string; name: string }> {
  const { oldFile, workFolder, target } = step
  const name = basename(oldFile)
  const folder = join(workFolder, 'content')
  try {
    await mkdir(folder, { recursive: true })
    if (isContainerName(name)) await unpackContainer(oldFile, folder, signal)
    else await copyFile(oldFile, join(folder, name))
    await runScript(step, folder, signal)
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

async function runScript({ oldFile, form, updateFile, workFolder }: UpdateStep, folder: string, signal: AbortSignal): Promise<void> {
  const name = basename(oldFile)
  // sigtool tells by the ending whether it must be signed, and by what is before the number which .info file lists the result.
  const script = join(workFolder, `${basename(name, extname(name))}-1.${form}`)
  if (form === 'cdiff') await copyFile(updateFile, script)
  else
    await pipeline(createReadStream(updateFile), createGunzip(), limit, ownCommandsOnly(updateFile), createWriteStream(script), { signal })
  const run = { program: 'sigtool', args: [`--run-cdiff=${script}`], workingFolder: folder, ...SIGTOOL_LIMITS }
  const end = await runEngine(run, signal)
  // Loose files have no .info file, which sigtool misses once it is done; the caller compares what became of them anyhow.
  const isDone = end.exitCode === 0 || (!isContainerName(name) && /verifydiff: Can't open/.test(end.output))
  if (isDone && end.overLimit === undefined) return
  const why = sigtoolFailureReason(end, script, basename(updateFile))
  throw new GuardError('SIGNATURES_INVALID', `the update ${basename(updateFile)} cannot be applied: ${why}`)
}

async function* limit(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let sizeBytes = 0
  for await (const chunk of chunks) {
    sizeBytes += chunk.length
    if (sizeBytes > MAX_SCRIPT_BYTES) throw new GuardError('SIGNATURES_INVALID', `the update has more than ${MAX_SCRIPT_BYTES} bytes`)
    yield chunk
  }
}

/** Passes a script on in pieces, of which none goes on before its lines were looked at. */
function ownCommandsOnly(updateFile: string) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const lines = new CommandLines(basename(updateFile))
    for await (const chunk of chunks) {
      lines.look(chunk)
      yield chunk
    }
    lines.look(Buffer.from('\n'))
  }
}

/** Looks at what the lines of a script begin with. */
class CommandLines {
  readonly #name: string
  /** Of the line that is being read. */
  #head = ''

  constructor(name: string) {
    this.#name = name
  }

  /** @throws GuardError SIGNATURES_INVALID for a line that no script of ours has. */
  look(chunk: Buffer): void {
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
      const why = `it has a line that no update has: ${JSON.stringify(head)}`
      throw new GuardError('SIGNATURES_INVALID', `the update ${this.#name} cannot be applied: ${why}`)
    }
    this.#head = ''
  }
}
