import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readlink, rename, rm, symlink } from 'node:fs/promises'
import { unlessMissing } from '@guardimesh/kit'

// Files in folders that a process with fewer privileges can write. It may replace any file with a link, a FIFO or a device at any moment.

/** Reads a small regular file. @throws the error of the file system; Error for another kind of file, and for one with more than `maxBytes`. */
export async function readForeignFile(path: string, maxBytes: number): Promise<string> {
  // Opening a FIFO would wait for its writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size > maxBytes) throw new Error(`${path} is no regular file of up to ${maxBytes} bytes`)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Replaces a file, readable for all users, without following a link. */
export async function writeForeignFile(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  const file = await open(draft, 'wx', 0o644)
  try {
    await file.writeFile(content)
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** Makes a link in a folder of ours lead to a file or folder of a running process, in its own mount namespace. */
export async function linkToProcessFile(link: string, hostRoot: string, pid: number, path: string): Promise<void> {
  const target = `${hostRoot === '/' ? '' : hostRoot}/proc/${pid}/root${path}`
  if ((await unlessMissing(readlink(link), '')) === target) return
  const draft = `${link}.new`
  await rm(draft, { force: true })
  await symlink(target, draft)
  await rename(draft, link)
}
