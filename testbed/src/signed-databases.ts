import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const FOLDER = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'guardimesh/signed-databases')

/**
 * Returns the path of a database or delta signed by ClamAV's authors: test-1.cvd to test-6.cvd, test-2.cdiff to test-6.cdiff, bytecode.cvd.
 * They are test data of ClamAV, which tools/setup.sh extracts from Debian's source package; the repository does not contain them.
 *
 * @throws Error when it was not fetched.
 */
export function signedDatabase(name: string): string {
  const path = join(FOLDER, name)
  if (!existsSync(path)) throw new Error(`${path} is missing: run tools/setup.sh test`)
  return path
}
