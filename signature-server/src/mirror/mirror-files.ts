import { join } from 'node:path'
import { SOURCES_FOLDER } from '../generation/generation-lists.js'
import type { StoredGeneration } from '../generation/stored-generation.js'

/** A file that freshclam may ask for by its name. */
export interface MirrorFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  /** When it was made, as it says itself; undefined when it does not. */
  readonly builtAt: Date | undefined
}

/**
 * A file of a generation as it was brought in: a database, an delta or a detached signature. Where only a `.cld` was brought, there is no
 * `.cvd`. A generation of a former version has no sources: what its nodes load is what was brought in. Pure.
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
