import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'

const OWNER_WRITES = 0o200

/**
 * Which of these files some process that we can see has open for writing. `kubectl cp` runs its tar in our container, so that a copy that
 * stands still, as the network does, is not taken for one that is whole.
 *
 * @param paths absolute, without links in them.
 */
export async function filesBeingWritten(paths: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
    const folder = `/proc/${pid}/fd`
    // Processes end while we look, and those of others may not be looked at.
    for (const fd of await readdir(folder).catch(() => [])) {
      const path = await readlink(join(folder, fd)).catch(() => '')
      if (paths.has(path) && (await isForWriting(join(folder, fd)))) found.add(path)
    }
  }
  return found
}

/** The mode of a link in /proc/PID/fd tells how the file was opened. */
async function isForWriting(link: string): Promise<boolean> {
  try {
    return ((await lstat(link)).mode & OWNER_WRITES) !== 0
  } catch {
    return false
  }
}
