import { basename, extname } from 'node:path'
import { isContainerName, type SignatureFile, stemOf } from '@guardimesh/signature-format'

/** Smaller ones are fetched whole. */
const MIN_FILE_BYTES = 4096

/** A step that nodes with an older generation could take. */
export interface PlannedDelta {
  readonly target: SignatureFile
  /** The old file, in its generation. */
  readonly from: SignatureFile
  readonly fromGeneration: string
}

/** A generation that nodes may have. */
export interface OlderGeneration {
  readonly generation: string
  readonly files: readonly SignatureFile[]
}

/** What an update begins with and leads to: what is in a container, or a loose file itself. Undefined when that is not known. Pure. */
export function contentOf({ path, contentSha256, sha256 }: SignatureFile): string | undefined {
  return isContainerName(path) ? contentSha256 : sha256
}

/** The steps to the files of a new generation from other contents that they had in older ones, each once. Pure. */
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

/** A .cvd that was updated is a .cld; a .cud stays one. YARA rules are small. */
function isSameDatabase(old: SignatureFile, { path }: SignatureFile): boolean {
  if (!path.startsWith('clamav/')) return false
  if (!isContainerName(path)) return old.path === path
  return isContainerName(old.path) && stemOf(old.path) === stemOf(path) && old.path.endsWith('.cud') === path.endsWith('.cud')
}
