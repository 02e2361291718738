import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { GuardError } from '@guardimesh/kit'
import {
  engineErrorText,
  fingerprint,
  isContainerName,
  linkOrCopy,
  runEngine,
  SIGTOOL_LIMITS,
  unpackContainer,
} from '@guardimesh/signature-format'

export interface ScriptTask {
  readonly oldFile: string
  readonly newFile: string
  /** Empty folder. */
  readonly workFolder: string
  /** Path of the compressed script. */
  readonly target: string
}

/**
 * Creates a compressed script delta between two contents of a database from sigtool's comparison of each member. `sigtool --diff` supports
 * consecutive versions only.
 *
 * @throws GuardError SIGNATURES_INVALID with sigtool's message on failure.
 */
export async function createScript({ oldFile, newFile, workFolder, target }: ScriptTask, signal: AbortSignal): Promise<void> {
  const [oldFolder, newFolder] = [join(workFolder, 'old'), join(workFolder, 'new')]
  for (const [file, folder] of [
    [oldFile, oldFolder],
    [newFile, newFolder],
  ] as const) {
    await mkdir(folder, { recursive: true })
    if (isContainerName(file)) await unpackContainer(file, folder, signal)
    else await linkOrCopy(file, join(folder, basename(newFile)))
  }
  const script = Readable.from(scriptOf(workFolder, signal))
  await pipeline(script, createGzip({ level: constants.Z_BEST_COMPRESSION }), createWriteStream(target, { flags: 'wx' }), { signal })
}

async function* scriptOf(workFolder: string, signal: AbortSignal): AsyncGenerator<Buffer | string> {
  const [oldFolder, newFolder] = [join(workFolder, 'old'), join(workFolder, 'new')]
  const [before, after] = [new Set(await readdir(oldFolder)), new Set(await readdir(newFolder))]
  for (const member of [...new Set([...before, ...after])].sort()) {
    if (!after.has(member)) {
      yield `UNLINK ${member}\n`
      continue
    }
    if (!before.has(member)) await writeFile(join(oldFolder, member), '')
    else if (await isSame(join(oldFolder, member), join(newFolder, member))) continue
    const outputFile = join(workFolder, 'difference')
    const args = [`--compare=../old/${member}`, member]
    const end = await runEngine({ program: 'sigtool', args, workingFolder: newFolder, outputFile, ...SIGTOOL_LIMITS }, signal)
    if (end.exitCode !== 0)
      throw new GuardError('SIGNATURES_INVALID', `sigtool failed to create the delta: ${end.overLimit ?? engineErrorText(end.output)}`)
    yield* createReadStream(outputFile) as AsyncIterable<Buffer>
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  return (await fingerprint(one)).sha256 === (await fingerprint(other)).sha256
}
