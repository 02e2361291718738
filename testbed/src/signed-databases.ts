import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const FOLDER = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'guardimesh/signed-databases')

/**
 * A database or step that ClamAV's authors signed: test-1.cvd to test-6.cvd, test-2.cdiff to test-6.cdiff, bytecode.cvd. Nobody else can make
 * such ones. They are test data of ClamAV itself, which tools/setup.sh takes out of Debian's source package; they stay out of the repository.
 *
 * @returns its path.
 * @throws Error when it was not fetched.
 */
export function signedDatabase(name: string): string {
  const path = join(FOLDER, name)
  if (!existsSync(path)) throw new Error(`${path} is missing: tools/setup.sh test fetches it`)
  return path
}
