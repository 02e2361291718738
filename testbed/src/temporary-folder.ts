import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, isAlive } from './process-identity.js'

/**
 * Creates an empty folder that unprivileged users can enter. Its name identifies this process; the caller removes it.
 *
 * @param purpose part of the name, such as "postgres".
 */
export async function temporaryFolder(purpose: string): Promise<string> {
  const owner = identityOf(process.pid)
  const folder = join(tmpdir(), `${prefixOf(purpose)}${owner?.pid}-${owner?.startTicks}-${randomBytes(4).toString('hex')}`)
  await mkdir(folder)
  // Independent of the umask: servers run as other users.
  await chmod(folder, 0o755)
  return folder
}

/** Lists the temporary folders of one purpose whose process was killed before it removed them. */
export async function abandonedFolders(purpose: string): Promise<string[]> {
  const prefix = prefixOf(purpose)
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix) && isAbandoned(name.slice(prefix.length)))
  return names.map((name) => join(tmpdir(), name))
}

function prefixOf(purpose: string): string {
  return `guardimesh-${purpose}-`
}

function isAbandoned(suffix: string): boolean {
  const [, pid, startTicks] = /^(\d+)-(\d+)-/.exec(suffix) ?? []
  return pid !== undefined && startTicks !== undefined && !isAlive({ pid: Number(pid), startTicks })
}
