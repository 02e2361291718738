import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { runChecked, sleep } from '@guardimesh/kit'

const OWN_USER = 'guardimesh'

/** User of a process, as options of `spawn`. */
export interface UserIds {
  readonly uid: number
  readonly gid: number
}

/**
 * Returns the user for servers when this process runs as root: a system user without home and shell, created when it does not exist.
 *
 * @returns undefined when this process does not run as root: servers then run as its own user.
 */
export async function unprivilegedUser(): Promise<UserIds | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = await findUser(OWN_USER)
  if (known) return known
  try {
    await runChecked('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER])
  } catch (error) {
    // Another process may be creating the same user and hold the lock.
    await sleep(1_000)
    if (!(await findUser(OWN_USER))) throw error
  }
  return userNamed(OWN_USER)
}

/** Returns a user of this machine. @throws Error when it does not exist. */
export async function userNamed(name: string): Promise<UserIds> {
  const user = await findUser(name)
  if (!user) throw new Error(`the user ${name} does not exist on this machine`)
  return user
}

async function findUser(name: string): Promise<UserIds | undefined> {
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [login, , uid, gid] = line.split(':')
    if (login === name && uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

/** Returns the first folder above `path` (itself included) that the user cannot enter; undefined when all are accessible. */
export async function findClosedFolder(path: string, user: UserIds): Promise<string | undefined> {
  const folders = [resolve(path)]
  for (let at = resolve(path); at !== '/'; at = dirname(at)) folders.unshift(dirname(at))
  for (const folder of folders) {
    const { uid, gid, mode } = await stat(folder)
    const enterBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & enterBit) === 0) return folder
  }
  return undefined
}

/** @throws Error when the user of a server cannot enter the folder. */
export async function requireOpenFolder(path: string, user: UserIds | undefined, serverName: string): Promise<void> {
  const closed = user && (await findClosedFolder(path, user))
  if (closed) throw new Error(`${serverName} runs unprivileged and cannot enter ${closed}: choose another folder`)
}
