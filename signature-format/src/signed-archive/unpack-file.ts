import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Writes a file of an archive and its folder. The file must not exist. */
export async function unpackFile(path: string, mode: number, chunks: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const output = createWriteStream(path, { mode, flags: 'wx' })
  await pipeline(chunks, output)
  if (!output.closed) await once(output, 'close')
}

/** Returns the free space for unprivileged processes. */
export async function freeBytesIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
