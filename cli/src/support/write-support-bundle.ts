import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { paddingBytes, TAR_END, tarHeader } from '@guardimesh/signature-format'
import { type Collection, collect } from './collect.js'

/** Writes the collected data to a tar.gz that only its owner can read, and renames it when it is complete. @returns the number of files. */
export async function writeSupportBundle(path: string, collection: Collection): Promise<number> {
  const partial = `${path}.partial`
  let files = 0
  async function* archive(): AsyncGenerator<Buffer> {
    for await (const { path: name, text } of collect(collection)) {
      const content = Buffer.from(text)
      files += 1
      yield tarHeader({ path: `guardimesh-support/${name}`, sizeBytes: content.length, mode: 0o644 })
      yield content
      yield Buffer.alloc(paddingBytes(content.length))
    }
    yield TAR_END
  }
  try {
    await pipeline(archive, createGzip(), createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, path)
    return files
  } finally {
    await rm(partial, { force: true })
  }
}
