import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaces a file atomically and durably: after a crash, the file contains either the complete old or the complete new content. */
export async function writeFileDurably(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const draftPath = `${path}.new`
  const draft = await open(draftPath, 'w', 0o600)
  try {
    await draft.writeFile(content)
    await draft.chmod(mode)
    await draft.datasync()
  } finally {
    await draft.close()
  }
  await rename(draftPath, path)
  await syncFolder(dirname(path))
}

/** Flushes the directory entries of a folder to disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
