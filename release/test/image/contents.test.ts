import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { GOLDEN_IMAGE_FOLDER, IMAGE_NAMES, ImageTable } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { architectureNamed } from '../../src/images/architecture.js'
import { parseElf } from '../../src/images/debian/elf.js'
import { contentOf, type FileTree, linkTarget, mergeTrees } from '../../src/images/tree/file-tree.js'
import { readTar } from '../../src/images/tree/tar.js'
import { ALL_IMAGES_FOLDER } from './unpacked-image.js'

/** This machine cannot run programs of other architectures, so the test checks their metadata. */
describe.each(await readdir(ALL_IMAGES_FOLDER))('%s', async (name) => {
  const folder = join(ALL_IMAGES_FOLDER, name)
  const architecture = architectureNamed(name)
  const table = ImageTable.parse(JSON.parse(await readFile(join(folder, 'images.json'), 'utf8')))
  const blob = (digest: string) => join(folder, 'oci/blobs', digest.replace(':', '/'))
  const readJson = async (digest: string) => JSON.parse(await readFile(blob(digest), 'utf8'))
  const layers = new Map<string, Promise<FileTree>>()

  async function filesOf(digests: readonly string[]): Promise<FileTree> {
    for (const digest of digests) if (!layers.has(digest)) layers.set(digest, readTar(createReadStream(blob(digest)).pipe(createGunzip())))
    return mergeTrees(...(await Promise.all(digests.map((digest) => layers.get(digest) as Promise<FileTree>))))
  }

  test.each(IMAGE_NAMES)('%s: every program is for its architecture and finds its libraries', async (image) => {
    const manifest = await readJson(table.images[image].digest)
    expect((await readJson(manifest.config.digest)).architecture).toBe(architecture.oci)
    const files = await filesOf(manifest.layers.map(({ digest }: { digest: string }) => digest))
    const missing: string[] = []
    let programs = 0
    for (const [path, entry] of files) {
      const elf = entry.kind === 'file' ? parseElf(await contentOf(entry)) : undefined
      if (!elf) continue
      programs += 1
      expect(elf.machine, path).toBe(architecture.debian)
      // Files of the golden set are not executed.
      if (path.startsWith(`${GOLDEN_IMAGE_FOLDER}/`)) continue
      missing.push(
        ...elf.needed.filter((library) => !isFound(files, path, library, architecture.triple)).map((library) => `${path}: ${library}`),
      )
    }
    expect(missing).toEqual([])
    expect(programs).toBeGreaterThan(5)
  })
})

/** Searches like the loader: in Debian's library folders and next to the library that needs it. Follows links. */
function isFound(files: FileTree, neededBy: string, library: string, triple: string): boolean {
  const folders = [`/usr/lib/${triple}`, '/usr/lib', '/usr/lib64', neededBy.slice(0, neededBy.lastIndexOf('/'))]
  return folders.some((folder) => isFile(files, `${folder}/${library}`))
}

function isFile(files: FileTree, path: string): boolean {
  const entry = files.get(path)
  return entry?.kind === 'link' ? isFile(files, linkTarget(path, entry.target)) : entry?.kind === 'file'
}
