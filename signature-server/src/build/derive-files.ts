import type { CustomSignatures } from '@guardimesh/contracts'
import { isSignatureName, MAX_SIGNATURE_FILES, type SignatureFile, sortedByPath } from '@guardimesh/signature-format'
import { writeCustom } from '../custom/write-custom.js'
import { isReplacedBy } from '../generation/replacement.js'
import type { Source } from '../generation/source-set.js'
import { filterDatabase, linkSource } from '../profiles/filter-database.js'
import type { ProfileChoice } from '../profiles/keep-line.js'
import { refusal } from '../refusal.js'

export interface DeriveOptions {
  /** Folder of the draft; its `clamav/` and `yara/` are empty. */
  readonly draft: string
  /** Their files exist on disk. */
  readonly sources: readonly Source[]
  readonly profile: ProfileChoice
  readonly custom: CustomSignatures
}

/**
 * Writes the files that nodes load: the sources that the profile selects, and the custom signatures.
 *
 * @returns the files of the manifest.
 * @throws the refusal when there are too many or a custom rule does not compile.
 */
export async function deriveFiles(options: DeriveOptions, signal: AbortSignal): Promise<SignatureFile[]> {
  const { draft, sources, custom, profile } = options
  const files: SignatureFile[] = []
  for (const source of sources.filter((one) => isLoaded(one, profile))) {
    const filter = source.kind === 'clamav' && (profile.profile === 'linux' || profile.profile === 'minimal') ? profile.profile : undefined
    if (filter) files.push(...(await filterDatabase(draft, source, filter, signal)))
    else files.push(await linkSource(draft, source))
  }
  files.push(...(await writeCustom(draft, custom, signal)))
  if (files.length > MAX_SIGNATURE_FILES)
    throw refusal('size', `The generation would have too many files: ${files.length} (maximum ${MAX_SIGNATURE_FILES}). Import fewer.`)
  if (files.length === 0) throw refusal('size', 'The generation would have no files. Keep or select at least one.')
  return sortedByPath(files)
}

/** True for databases and rules; with profile `custom`, for the selected databases only, in any container format. */
function isLoaded({ kind, name }: Source, { profile, profileFiles }: ProfileChoice): boolean {
  if (!isSignatureName(kind, name)) return false
  return kind === 'yara' || profile !== 'custom' || profileFiles.some((chosen) => isReplacedBy({ kind, name }, { kind, name: chosen }))
}
