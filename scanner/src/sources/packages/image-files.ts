import { closeSync, readSync } from 'node:fs'
import { statOpened } from '../../node/file-stat.js'
import { readEntryNames } from '../../node/folder-entries.js'
import { openBeneath, openRoot } from '../../node/kernel.js'
import { KernelError } from '../../node/libc.js'
import { visibleLayer } from '../image-layer.js'

/** Reads files of an image as its containers see them. The content is untrusted. */
export class ImageFiles {
  readonly #hostRoot: string
  readonly #lowerdirs: readonly string[]

  /** @param lowerdirs folders of the image's layers on the node, topmost first. */
  constructor(hostRoot: string, lowerdirs: readonly string[]) {
    this.#hostRoot = hostRoot
    this.#lowerdirs = lowerdirs
  }

  /** Opens a file; the caller closes it. @returns undefined when the image has no such file. @throws KernelError */
  open(path: string | Uint8Array): number | undefined {
    const bytes = Buffer.from(path)
    const lowerdir = this.#lowerdirs[visibleLayer(this.#hostRoot, this.#lowerdirs, bytes) ?? this.#lowerdirs.length]
    return lowerdir === undefined ? undefined : this.#openIn(lowerdir, bytes, 'file')
  }

  /** Reads a file of up to `maxBytes`. @returns undefined when the image has no such file, or it is larger. @throws KernelError */
  read(path: string, maxBytes: number): Buffer | undefined {
    const fd = this.open(path)
    if (fd === undefined) return undefined
    try {
      const sizeBytes = Number(statOpened(fd).identity.sizeBytes)
      if (sizeBytes > maxBytes) return undefined
      const content = Buffer.alloc(sizeBytes)
      return content.subarray(0, readSync(fd, content, 0, sizeBytes, 0))
    } finally {
      closeSync(fd)
    }
  }

  /** Returns the names in a folder of any layer, without those that are not UTF-8; the files may be hidden. @throws KernelError */
  names(path: string): ReadonlySet<string> {
    const names = new Set<string>()
    for (const lowerdir of this.#lowerdirs) for (const name of this.#namesIn(lowerdir, path)) names.add(name)
    return names
  }

  #namesIn(lowerdir: string, path: string): string[] {
    const fd = this.#openIn(lowerdir, Buffer.from(path), 'folder')
    if (fd === undefined) return []
    try {
      const names: string[] = []
      for (let part = readEntryNames(fd); part; part = readEntryNames(fd))
        names.push(...part.map((name) => name.toString('utf8', 0, name.length - 1)))
      return names
    } finally {
      closeSync(fd)
    }
  }

  #openIn(lowerdir: string, path: Uint8Array, kind: 'file' | 'folder'): number | undefined {
    const layerFd = openRoot(this.#hostRoot, lowerdir)
    try {
      return openBeneath(layerFd, path, kind)
    } catch (error) {
      if (error instanceof KernelError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return undefined
      throw error
    } finally {
      closeSync(layerFd)
    }
  }
}
