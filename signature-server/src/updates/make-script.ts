import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { engineWords, GuardError, isContainerName, linkOrCopy, runEngine, SIGTOOL_LIMITS } from '@guardimesh/kit'

export interface ScriptTask {
  readonly oldFile: string
  readonly newFile: string
  /** Empty. */
  readonly workFolder: string
  /** Where the packed script is to be. */
  readonly target: string
}

/**
 * Lets sigtool make the script that leads from one content of a database to another, and packs it.
 *
 * @throws GuardError SIGNATURES_INVALID with sigtool's words when it cannot.
 */
export async function makeScript({ oldFile, newFile, workFolder, target }: ScriptTask, signal: AbortSignal): Promise<void> {
  const [oldFolder, newFolder] = [join(workFolder, 'old'), join(workFolder, 'new')]
  for (const folder of [oldFolder, newFolder]) await mkdir(folder, { recursive: true })
  // Both need the same stem, and sigtool writes beside the new one.
  const name = basename(newFile)
  const [oldName, newName] = [`${basename(name, extname(name))}${extname(oldFile)}`, name]
  await linkOrCopy(oldFile, join(oldFolder, oldName))
  await linkOrCopy(newFile, join(newFolder, newName))
  const isContainer = isContainerName(name)
  const script = join(workFolder, 'script')
  const args = isContainer ? [`--diff=../old/${oldName}`, newName] : [`--compare=../old/${oldName}`, newName]
  const output = isContainer ? {} : { outputFile: script }
  const end = await runEngine({ program: 'sigtool', args, workingFolder: newFolder, ...SIGTOOL_LIMITS, ...output }, signal)
  const made = isContainer ? (await readdir(newFolder)).find((one) => one.endsWith('.script')) : 'script'
  if (made === undefined || end.overLimit || (!isContainer && end.exitCode !== 0))
    throw new GuardError('SIGNATURES_INVALID', `sigtool made no update: ${end.overLimit ?? engineWords(end.output)}`)
  const packing = createGzip({ level: constants.Z_BEST_COMPRESSION })
  await pipeline(createReadStream(isContainer ? join(newFolder, made) : script), packing, createWriteStream(target, { flags: 'wx' }), {
    signal,
  })
}
