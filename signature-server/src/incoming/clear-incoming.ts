import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, systemCodeOf } from '@guardimesh/kit'
import { COMPANION_SUFFIXES, type IncomingFile, stampOf } from './list-incoming.js'

/** What was refused may be large; a person who needs it longer copies it elsewhere. */
const KEPT_REFUSED = 5
const REASON_FILE = 'reason.txt'

/** Removes what is in a generation now. A file that changed since it was taken stays, and is taken again. */
export async function removeTaken(incoming: string, files: readonly IncomingFile[]): Promise<void> {
  for (const { path, stamp } of files) {
    const stats = await lstat(join(incoming, path)).catch(() => undefined)
    if (!stats || stampOf(stats) !== stamp.split(' ')[0]) continue
    for (const suffix of ['', ...COMPANION_SUFFIXES]) await rm(join(incoming, path + suffix), { force: true })
  }
}

/** Moves what was refused to `refused/<importId>/`, with the reason beside it, and drops what was refused long ago. */
export async function moveRefused(
  refused: string,
  incoming: string,
  { importId, message }: { readonly importId: string; readonly message: string },
  files: readonly IncomingFile[],
): Promise<void> {
  const folder = join(refused, importId)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  for (const { path } of files) {
    await mkdir(join(folder, dirname(path)), { recursive: true, mode: 0o755 })
    for (const suffix of ['', ...COMPANION_SUFFIXES]) await renameIfThere(join(incoming, path + suffix), join(folder, path + suffix))
  }
  await syncFolder(folder)
  // The status tells the reason, too; a full disk must not keep the files in incoming/.
  await writeFile(join(folder, REASON_FILE), `${message}\n`, { mode: 0o644 }).catch(() => undefined)
  // The ids sort by age, unless the clock was set back: this one stays, whatever it says.
  const others = (await readdir(refused)).filter((name) => name !== importId).sort()
  for (const name of others.slice(0, 1 - KEPT_REFUSED)) await rm(join(refused, name), { recursive: true, force: true })
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    // Where the name of a file is as long as names can be, nothing belongs to it.
    if (!['ENOENT', 'ENAMETOOLONG'].includes(systemCodeOf(error) ?? '')) throw error
  }
}
