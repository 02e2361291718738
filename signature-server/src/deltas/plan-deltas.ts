import { basename, extname } from 'node:path'
import { isContainerName, type SignatureFile, stemOf } from '@guardimesh/signature-format'

/** Minimum file size for deltas; nodes fetch smaller files in full. */
const MIN_FILE_BYTES = 4096

/** A delta to create for nodes with an older generation. */
export interface PlannedDelta {
  readonly target: SignatureFile
  /** The old file in its generation. */
  readonly from: SignatureFile
  readonly fromGeneration: string
}

/** A generation that nodes may still have. */
export interface OlderGeneration {
  readonly generation: string
  readonly files: readonly SignatureFile[]
}

/** Returns the digest that deltas refer to: that of the unpacked container, or of the loose file. Undefined when unknown. Pure. */
export function contentOf({ path, contentSha256, sha256 }: SignatureFile): string | undefined {
  return isContainerName(path) ? contentSha256 : sha256
}

/** Plans one delta from each distinct older content of a file to its new content. Pure. */
export function planDeltas(files: readonly SignatureFile[], older: readonly OlderGeneration[]): PlannedDelta[] {
  const planned = new Map<string, PlannedDelta>()
  for (const { generation, files: oldFiles } of older)
    for (const target of files) {
      const from = oldFiles.find((file) => isSameDatabase(file, target))
      const [content, oldContent] = [contentOf(target), from && contentOf(from)]
      if (!from || content === undefined || oldContent === undefined || content === oldContent) continue
      const key = `${oldContent} ${target.path}`
      if (target.sizeBytes >= MIN_FILE_BYTES && !planned.has(key)) planned.set(key, { target, from, fromGeneration: generation })
    }
  return [...planned.values()]
}

/** "deltas/daily-0123456789ab.script.gz". Pure. */
export function scriptPathOf({ target, from }: PlannedDelta): string {
  const name = basename(target.path)
  return `deltas/${stemOf(name)}${extname(name)}-${contentOf(from)?.slice(0, 12)}.script.gz`
}

/** A .cvd becomes a .cld when deltas are applied; a .cud keeps its extension. YARA rules have no deltas because they are small. */
function isSameDatabase(old: SignatureFile, { path }: SignatureFile): boolean {
  if (!path.startsWith('clamav/')) return false
  if (!isContainerName(path)) return old.path === path
  return isContainerName(old.path) && stemOf(old.path) === stemOf(path) && old.path.endsWith('.cud') === path.endsWith('.cud')
}
