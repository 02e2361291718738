import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './run-command.js'

export interface ClamavContainer {
  /** Without ending, such as "daily". */
  readonly name: string
  readonly version: number
  /** Databases in it, by name and with their text. */
  readonly files: Readonly<Record<string, string>>
  /** Engine that it needs; sigtool's own when left out. */
  readonly functionalityLevel?: number
}

/**
 * Makes a real container with sigtool: `<folder>/<name>.cud`. It is unsigned, as only ClamAV's authors can sign one.
 *
 * @param folder is emptied first.
 * @returns its path.
 */
export async function buildClamavContainer(folder: string, container: ClamavContainer): Promise<string> {
  const { name, version, files, functionalityLevel } = container
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'COPYING'), 'Made for a test.\n')
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  const level = functionalityLevel === undefined ? [] : [`--flevel=${functionalityLevel}`]
  const build = [`--build=${name}.cud`, '--unsigned', `--cvd-version=${version}`, `--datadir=${folder}`, '--no-cdiff', ...level]
  // sigtool takes what lies in the folder that it runs in, and asks for the builder's name when nobody says it.
  await runCommand('env', [`--chdir=${folder}`, 'SIGNDUSER=test', 'sigtool', ...build])
  return join(folder, `${name}.cud`)
}
