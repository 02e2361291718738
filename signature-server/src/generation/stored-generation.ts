import { readdir, readlink, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SignatureDelta, SignatureManifest } from '@guardimesh/contracts'
import { type Logger, sizeOf, systemCodeOf, unlessMissing } from '@guardimesh/kit'
import { CURRENT_LINK, GENERATIONS_FOLDER, readManifest } from '@guardimesh/signature-format'
import { readDeltas, readSources, type SourceFile } from './generation-lists.js'

/** A generation on the volume, whole. */
export interface StoredGeneration {
  readonly folder: string
  readonly manifest: SignatureManifest
  /** Those whose file is there. */
  readonly deltas: readonly SignatureDelta[]
  readonly sources: readonly SourceFile[]
}

/** The generations of a volume, newest first; damaged ones are told and left out. */
export async function readGenerations(volume: string, log: Logger): Promise<StoredGeneration[]> {
  const names = (await readdir(join(volume, GENERATIONS_FOLDER))).filter((name) => !name.startsWith('.'))
  const found = await Promise.all(names.map((name) => readGeneration(join(volume, GENERATIONS_FOLDER, name), log)))
  return found.filter((one) => one !== undefined).sort((one, other) => (one.manifest.builtAt > other.manifest.builtAt ? -1 : 1))
}

/**
 * Name of the generation that the link of a volume leads to; empty when there is none. What is no link, as in a copy of a volume that had its
 * links followed, is put aside, and told.
 */
export async function linkedGeneration(volume: string, log: Logger): Promise<string> {
  const link = join(volume, CURRENT_LINK)
  try {
    return basename(await unlessMissing(readlink(link), ''))
  } catch (error) {
    if (systemCodeOf(error) !== 'EINVAL') throw error
    log.error(`${CURRENT_LINK} is no link; it is kept as ${CURRENT_LINK}.damaged`)
    await rm(`${link}.damaged`, { recursive: true, force: true })
    await rename(link, `${link}.damaged`)
    return ''
  }
}

async function readGeneration(folder: string, log: Logger): Promise<StoredGeneration | undefined> {
  try {
    const manifest = await readManifest(folder)
    if (manifest.generation !== basename(folder)) throw new Error(`its manifest is that of ${manifest.generation}`)
    for (const { path, sizeBytes } of manifest.files)
      if ((await stat(join(folder, path))).size !== sizeBytes) throw new Error(`${path} does not have its size`)
    return { folder, manifest, ...(await readLists(folder, log)) }
  } catch (error) {
    log.error({ error, generation: basename(folder) }, 'damaged generation left out')
    return undefined
  }
}

/** What makes nodes and mirrors quicker. Where it is damaged, the generation does without. */
async function readLists(folder: string, log: Logger): Promise<Pick<StoredGeneration, 'deltas' | 'sources'>> {
  try {
    const [deltas, sources] = [await readDeltas(folder), await readSources(folder)]
    const sizes = await Promise.all(deltas.map(({ path }) => sizeOf(join(folder, path))))
    return { deltas: deltas.filter(({ sizeBytes }, n) => sizes[n] === sizeBytes), sources }
  } catch (error) {
    log.error({ error, generation: basename(folder) }, 'damaged list of a generation left out; whole files are offered instead')
    return { deltas: [], sources: [] }
  }
}
