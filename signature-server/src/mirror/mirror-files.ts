import { join } from 'node:path'
import { SOURCES_FOLDER } from '../generation/generation-lists.js'
import type { StoredGeneration } from '../generation/stored-generation.js'

/** A file that freshclam requests by name. */
export interface MirrorFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Build time from the header; undefined for files without one. */
  readonly builtAt: Date | undefined
}

/**
 * Finds an imported file of a generation: a database, a delta or a detached signature. Generations of older versions have no sources; the
 * files of their manifest are the imported files. Pure.
 */
export function findMirrorFile({ folder, manifest, sources }: StoredGeneration, name: string): MirrorFile | undefined {
  const source = sources.find((one) => one.kind === 'clamav' && one.name === name)
  if (source) return { ...pick(source), path: join(folder, SOURCES_FOLDER, name) }
  if (sources.length > 0) return undefined
  const file = manifest.files.find(({ path }) => path === `clamav/${name}`)
  return file && { ...pick(file), path: join(folder, file.path) }
}

interface Described {
  readonly sizeBytes: number
  readonly sha256: string
  readonly builtAt?: string | undefined
}

function pick({ sizeBytes, sha256, builtAt }: Described) {
  return { sizeBytes, sha256, builtAt: builtAt === undefined ? undefined : new Date(builtAt) }
}
