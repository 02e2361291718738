import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KIB_BYTES, MIB_BYTES } from '@guardimesh/contracts'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'

/** A file of this machine. */
export interface SampleFile {
  readonly path: string
  readonly sizeBytes: number
}

/** Files as in the images of applications. */
export interface SampleFiles {
  /** Modules and documents. */
  readonly small: readonly SampleFile[]
  /** Programs and libraries. */
  readonly large: readonly SampleFile[]
}

interface Selection {
  readonly folders: readonly string[]
  readonly minBytes: number
  readonly maxBytes: number
  readonly files: number
}

const SMALL: Selection = { folders: [join(REPOSITORY_FOLDER, 'node_modules')], minBytes: 100, maxBytes: 32 * KIB_BYTES, files: 5_000 }
const LARGE: Selection = {
  folders: ['/usr/lib/x86_64-linux-gnu', '/usr/bin'],
  minBytes: 200 * KIB_BYTES,
  maxBytes: 8 * MIB_BYTES,
  files: 1_000,
}

/** Lists small files of npm packages, and programs and libraries of Debian. */
export async function findSampleFiles(): Promise<SampleFiles> {
  return { small: await select(SMALL), large: await select(LARGE) }
}

/** Object files and their archives are for building programs; images of applications have none. */
const BUILD_FILE = /\.(a|o)$/

/** Skips links. @throws Error if there are no such files. */
async function select({ folders, minBytes, maxBytes, files }: Selection): Promise<SampleFile[]> {
  const found: SampleFile[] = []
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((candidate) => candidate.isFile() && !BUILD_FILE.test(candidate.name))) {
      if (found.length >= files) return found
      const path = join(entry.parentPath, entry.name)
      const { size: sizeBytes } = await stat(path)
      if (sizeBytes >= minBytes && sizeBytes <= maxBytes) found.push({ path, sizeBytes })
    }
  }
  if (found.length === 0) throw new Error(`no files of ${minBytes} to ${maxBytes} bytes in ${folders.join(', ')}`)
  return found
}
