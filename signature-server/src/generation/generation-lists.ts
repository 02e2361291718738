import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_SOURCES, Sha256Hex, SignatureDelta } from '@guardimesh/contracts'
import { syncFolder, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FILE_MODE } from '@guardimesh/signature-format'
import { z } from 'zod'

/** Folder of a generation with the imported files, unchanged. */
export const SOURCES_FOLDER = 'sources'
/** Folder of a generation with the deltas to its files. */
export const DELTAS_FOLDER = 'deltas'

/** One file of `sources/`: a database, a rule file, a delta (`daily-27000.cdiff`) or a detached signature (`daily-27000.cvd.sign`). */
export const SourceFile = z.object({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/),
  kind: z.enum(['clamav', 'yara']),
  sizeBytes: z.number().int().min(0),
  sha256: Sha256Hex,
  /** Build time from the header; missing for files without one. */
  builtAt: z.iso.datetime().optional(),
  /** As in SignatureManifestFile, because a profile may leave the file out of the manifest. */
  version: z.number().int().min(0).optional(),
  signatures: z.number().int().min(0).optional(),
  contentSha256: Sha256Hex.optional(),
})
export type SourceFile = z.infer<typeof SourceFile>

/** Returns the path of a source in its generation. Rules are in a folder of their own because a database may have the same name. Pure. */
export function sourcePathOf({ kind, name }: Pick<SourceFile, 'kind' | 'name'>): string {
  return kind === 'yara' ? join(SOURCES_FOLDER, kind, name) : join(SOURCES_FOLDER, name)
}

const SourcesList = z.object({ files: z.array(SourceFile).max(MAX_SOURCES) })
const DeltasList = z.object({ deltas: z.array(SignatureDelta).max(2000) })

/** Reads the sources of a generation; generations of older versions have none. @throws Error when the list is damaged. */
export async function readSources(generationFolder: string): Promise<readonly SourceFile[]> {
  const text = await unlessMissing(readFile(join(generationFolder, 'sources.json'), 'utf8'), undefined)
  return text === undefined ? [] : SourcesList.parse(JSON.parse(text)).files
}

/**
 * Reads the deltas of a generation. Generations of older versions have none, or keep them in `updates.json`, which is ignored: nodes then
 * fetch full files.
 *
 * @throws Error when the list is damaged.
 */
export async function readDeltas(generationFolder: string): Promise<readonly SignatureDelta[]> {
  const text = await unlessMissing(readFile(join(generationFolder, 'deltas.json'), 'utf8'), undefined)
  return text === undefined ? [] : DeltasList.parse(JSON.parse(text)).deltas
}

/** Writes both lists into a draft. */
export async function writeLists(
  draft: string,
  { files, deltas }: { readonly files: readonly SourceFile[]; readonly deltas: readonly SignatureDelta[] },
): Promise<void> {
  for (const folder of [SOURCES_FOLDER, join(SOURCES_FOLDER, 'yara'), DELTAS_FOLDER]) await syncFolder(join(draft, folder))
  await writeFileDurably(join(draft, 'sources.json'), JSON.stringify(SourcesList.parse({ files })), SIGNATURE_FILE_MODE)
  await writeFileDurably(join(draft, 'deltas.json'), JSON.stringify(DeltasList.parse({ deltas })), SIGNATURE_FILE_MODE)
}
