import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'

export interface ClamavContainer {
  /** Name without extension, such as "daily". */
  readonly name: string
  readonly version: number
  /** Text of its databases by name. */
  readonly files: Readonly<Record<string, string>>
  /** Engine level that it requires. Default: that of sigtool. */
  readonly functionalityLevel?: number
}

/**
 * Creates a real container with sigtool: `<folder>/<name>.cud`. It is unsigned because only ClamAV's authors can sign one.
 *
 * @param folder its content is removed first.
 * @returns the path of the container.
 */
export async function buildClamavContainer(folder: string, container: ClamavContainer): Promise<string> {
  const { name, version, files, functionalityLevel } = container
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'COPYING'), 'Made for a test.\n')
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  const level = functionalityLevel === undefined ? [] : [`--flevel=${functionalityLevel}`]
  const build = [`--build=${name}.cud`, '--unsigned', `--cvd-version=${version}`, `--datadir=${folder}`, '--no-cdiff', ...level]
  // sigtool packs the files of its working folder, and prompts for the builder's name unless SIGNDUSER is set.
  await runChecked('sigtool', build, { cwd: folder, env: { ...process.env, SIGNDUSER: 'test' } })
  return join(folder, `${name}.cud`)
}
