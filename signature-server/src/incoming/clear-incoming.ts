import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, systemCodeOf } from '@guardimesh/kit'
import { ATTACHED_SUFFIXES, type IncomingFile, stampOf } from './list-incoming.js'

/** Number of rejected imports to keep; their files may be large. */
const KEPT_REJECTED = 5
const REASON_FILE = 'reason.txt'

/** Removes imported files. A file that changed since the import is kept and imported again. */
export async function removeImported(incoming: string, files: readonly IncomingFile[]): Promise<void> {
  for (const { path, stamp } of files) {
    const stats = await lstat(join(incoming, path)).catch(() => undefined)
    if (!stats || stampOf(stats) !== stamp.split(' ')[0]) continue
    for (const suffix of ['', ...ATTACHED_SUFFIXES]) await rm(join(incoming, path + suffix), { force: true })
  }
}

/** Moves rejected files and the reason to `refused/<importId>/` and removes the oldest rejected imports. */
export async function moveRejected(
  refused: string,
  incoming: string,
  { importId, message }: { readonly importId: string; readonly message: string },
  files: readonly IncomingFile[],
): Promise<void> {
  const folder = join(refused, importId)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  for (const { path } of files) {
    await mkdir(join(folder, dirname(path)), { recursive: true, mode: 0o755 })
    for (const suffix of ['', ...ATTACHED_SUFFIXES]) await renameIfExists(join(incoming, path + suffix), join(folder, path + suffix))
  }
  await syncFolder(folder)
  // The status contains the reason as well; a full disk must not keep the files in incoming/.
  await writeFile(join(folder, REASON_FILE), `${message}\n`, { mode: 0o644 }).catch(() => undefined)
  // Ids sort by age unless the clock was set back, so this import is excluded explicitly.
  const others = (await readdir(refused)).filter((name) => name !== importId).sort()
  for (const name of others.slice(0, 1 - KEPT_REJECTED)) await rm(join(refused, name), { recursive: true, force: true })
}

async function renameIfExists(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    // A file with a name of maximum length has no companions.
    if (!['ENOENT', 'ENAMETOOLONG'].includes(systemCodeOf(error) ?? '')) throw error
  }
}
