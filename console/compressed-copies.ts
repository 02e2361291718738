import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)

/** Writes a copy of each script and style sheet with the best compression, which takes too long for each request. The backend sends these copies. */
export function compressedCopies(): Plugin {
  return {
    name: 'guardimesh-compressed-copies',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir = '' }, bundle) {
        const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))
        await Promise.all(names.map(async (name) => writeFile(join(dir, `${name}.br`), await compress(await readFile(join(dir, name))))))
      },
    },
  }
}
