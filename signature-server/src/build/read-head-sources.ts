import { basename, dirname, join } from 'node:path'
import { GENERATIONS_FOLDER, inspectContainer, isContainerName } from '@guardimesh/signature-format'
import type { Catalog } from '../catalog/catalog.js'
import { sourcePathOf } from '../generation/generation-lists.js'
import type { Source } from '../generation/source-set.js'

/** Reads the sources of the head. Generations of versions without sources use the files of their manifest. */
export async function readHeadSources(catalog: Catalog, signal: AbortSignal): Promise<Source[]> {
  const { folder, head } = catalog
  if (!head) return []
  const generation = join(folder, GENERATIONS_FOLDER, head.generation)
  const sources = catalog.stored(head.generation)?.sources ?? []
  if (sources.length > 0) return sources.map((source) => ({ ...source, path: join(generation, sourcePathOf(source)) }))
  const former: Source[] = []
  for (const { path: relativePath, ...facts } of head.files) {
    const path = join(generation, relativePath)
    const [kind, name] = [dirname(relativePath) === 'yara' ? ('yara' as const) : ('clamav' as const), basename(relativePath)]
    const content = isContainerName(name) && facts.contentSha256 === undefined ? await inspectContainer(path, signal) : undefined
    former.push({ ...facts, ...(content && { contentSha256: content.contentSha256 }), kind, name, path })
  }
  return former
}
