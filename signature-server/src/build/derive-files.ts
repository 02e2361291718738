import type { CustomSignatures } from '@guardimesh/contracts'
import { isSignatureName, MAX_SIGNATURE_FILES, type SignatureFile, sortedByPath } from '@guardimesh/signature-format'
import { writeCustom } from '../custom/write-custom.js'
import type { Source } from '../generation/source-set.js'
import { isReplacedBy } from '../generation/succession.js'
import { filterDatabase, linkSource } from '../profiles/filter-database.js'
import type { ProfileChoice } from '../profiles/keep-line.js'
import { refusal } from '../refusal.js'

export interface DeriveOptions {
  /** Where the generation is put together; `clamav/` and `yara/` in it are empty. */
  readonly draft: string
  /** All of them on disk. */
  readonly sources: readonly Source[]
  readonly profile: ProfileChoice
  readonly custom: CustomSignatures
}

/**
 * Makes what nodes load: of the sources what the profile chooses, and always the custom signatures.
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
    throw refusal('size', `The generation would have ${files.length} files, at most ${MAX_SIGNATURE_FILES} are taken. Put fewer in.`)
  if (files.length === 0) throw refusal('size', 'The generation would have no file at all. Choose at least one.')
  return sortedByPath(files)
}

/** True when nodes load anything of it: databases and rules; with profile `custom` the databases that were chosen, in whichever form. */
function isLoaded({ kind, name }: Source, { profile, profileFiles }: ProfileChoice): boolean {
  if (!isSignatureName(kind, name)) return false
  return kind === 'yara' || profile !== 'custom' || profileFiles.some((chosen) => isReplacedBy({ kind, name }, { kind, name: chosen }))
}
