import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const gzipOf = promisify(gzip)

/**
 * Writes copies of each script and style sheet with the best compression, which takes too long for each request. The backend sends them, and
 * nginx those with gzip.
 */
export function compressedCopies(): Plugin {
  return {
    name: 'guardimesh-compressed-copies',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir = '' }, bundle) {
        const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))
        await Promise.all(names.map((name) => writeCopies(join(dir, name))))
      },
    },
  }
}

async function writeCopies(path: string): Promise<void> {
  const content = await readFile(path)
  await Promise.all([writeFile(`${path}.br`, await brotli(content)), writeFile(`${path}.gz`, await gzipOf(content, { level: 9 }))])
}
