import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { GuardError, sleep } from '@guardimesh/kit'
import { runCommand, type UserIds } from './run-command.js'

const OWN_USER = 'guardimesh'

/**
 * The user that our helpers run as when we are root; a system user without a home or a shell, made when it is missing.
 *
 * @returns undefined when we are not root: then they run as ourselves.
 */
export async function unprivilegedUser(): Promise<UserIds | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = await findUser(OWN_USER)
  if (known) return known
  try {
    await runCommand('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER])
  } catch (error) {
    // Another process may be making the same user and hold the lock.
    await sleep(1_000)
    if (!(await findUser(OWN_USER))) throw error
  }
  return userNamed(OWN_USER)
}

/** @throws GuardError RUNTIME_UNAVAILABLE when this machine has no such user. */
export async function userNamed(name: string): Promise<UserIds> {
  const user = await findUser(name)
  if (!user) throw new GuardError('RUNTIME_UNAVAILABLE', `this machine has no user ${name}`, { name })
  return user
}

async function findUser(name: string): Promise<UserIds | undefined> {
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [login, , uid, gid] = line.split(':')
    if (login === name && uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

/** The first folder on the way to `path` (itself included) that the user may not enter; undefined when all is open. */
export async function closedFolderOnTheWay(path: string, user: UserIds): Promise<string | undefined> {
  const folders = [resolve(path)]
  for (let at = resolve(path); at !== '/'; at = dirname(at)) folders.unshift(dirname(at))
  for (const folder of folders) {
    const { uid, gid, mode } = await stat(folder)
    const enterBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & enterBit) === 0) return folder
  }
  return undefined
}

/** @throws GuardError CONFIG_INVALID when the user may not enter the folder; the message says what to do. */
export async function requireOpenFolder(path: string, user: UserIds | undefined, who: string): Promise<void> {
  const closed = user && (await closedFolderOnTheWay(path, user))
  if (closed)
    throw new GuardError('CONFIG_INVALID', `${who} runs without privileges and may not enter ${closed}: choose another folder`, { path })
}
