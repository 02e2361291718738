import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'

const OWNER_WRITES = 0o200

/**
 * Returns the files that a visible process has open for writing. `kubectl cp` runs tar in this container, so a copy that stalls on a slow
 * network is not mistaken for a complete file.
 *
 * @param paths absolute paths without symbolic links.
 */
export async function findFilesOpenForWriting(paths: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
    const folder = `/proc/${pid}/fd`
    // Processes may end at any time, and those of other users are not readable.
    for (const fd of await readdir(folder).catch(() => [])) {
      const path = await readlink(join(folder, fd)).catch(() => '')
      if (paths.has(path) && (await isOpenForWriting(join(folder, fd)))) found.add(path)
    }
  }
  return found
}

/** The mode of a link in /proc/PID/fd shows how the file was opened. */
async function isOpenForWriting(link: string): Promise<boolean> {
  try {
    return ((await lstat(link)).mode & OWNER_WRITES) !== 0
  } catch {
    return false
  }
}
