import { readdir, readlink, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SignatureDelta, SignatureManifest } from '@guardimesh/contracts'
import { type Logger, sizeOf, systemCodeOf, unlessMissing } from '@guardimesh/kit'
import { CURRENT_LINK, GENERATIONS_FOLDER, readManifest } from '@guardimesh/signature-format'
import { readDeltas, readSources, type SourceFile } from './generation-lists.js'

/** A complete generation on the volume. */
export interface StoredGeneration {
  readonly folder: string
  readonly manifest: SignatureManifest
  /** Deltas whose files exist. */
  readonly deltas: readonly SignatureDelta[]
  readonly sources: readonly SourceFile[]
}

/** Reads the generations of a volume, newest first. Damaged ones are logged and skipped. */
export async function readGenerations(volume: string, log: Logger): Promise<StoredGeneration[]> {
  const names = (await readdir(join(volume, GENERATIONS_FOLDER))).filter((name) => !name.startsWith('.'))
  const found = await Promise.all(names.map((name) => readGeneration(join(volume, GENERATIONS_FOLDER, name), log)))
  return found.filter((one) => one !== undefined).sort((one, other) => (one.manifest.builtAt > other.manifest.builtAt ? -1 : 1))
}

/**
 * Returns the name of the generation that the link `current` points to; empty without a link. Anything other than a link, such as after
 * copying a volume without preserving links, is renamed and logged.
 */
export async function linkedGeneration(volume: string, log: Logger): Promise<string> {
  const link = join(volume, CURRENT_LINK)
  try {
    return basename(await unlessMissing(readlink(link), ''))
  } catch (error) {
    if (systemCodeOf(error) !== 'EINVAL') throw error
    log.error(`${CURRENT_LINK} is not a symbolic link; renamed to ${CURRENT_LINK}.damaged`)
    await rm(`${link}.damaged`, { recursive: true, force: true })
    await rename(link, `${link}.damaged`)
    return ''
  }
}

async function readGeneration(folder: string, log: Logger): Promise<StoredGeneration | undefined> {
  try {
    const manifest = await readManifest(folder)
    if (manifest.generation !== basename(folder)) throw new Error(`the manifest belongs to ${manifest.generation}`)
    for (const { path, sizeBytes } of manifest.files)
      if ((await stat(join(folder, path))).size !== sizeBytes) throw new Error(`${path} does not have the size stated in the manifest`)
    return { folder, manifest, ...(await readLists(folder, log)) }
  } catch (error) {
    log.error({ error, generation: basename(folder) }, 'skipping damaged generation')
    return undefined
  }
}

/** Reads the lists of deltas and sources. Both are optional: when damaged, the generation is served without them. */
async function readLists(folder: string, log: Logger): Promise<Pick<StoredGeneration, 'deltas' | 'sources'>> {
  try {
    const [deltas, sources] = [await readDeltas(folder), await readSources(folder)]
    const sizes = await Promise.all(deltas.map(({ path }) => sizeOf(join(folder, path))))
    return { deltas: deltas.filter(({ sizeBytes }, n) => sizes[n] === sizeBytes), sources }
  } catch (error) {
    log.error({ error, generation: basename(folder) }, 'ignoring damaged lists of a generation; offering full files only')
    return { deltas: [], sources: [] }
  }
}
