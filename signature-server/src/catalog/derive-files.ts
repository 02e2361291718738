import { join } from 'node:path'
import type { CustomSignatures } from '@guardimesh/contracts'
import { isSignatureName, linkOrCopy, MAX_SIGNATURE_FILES, type SignatureFile, sortedByPath } from '@guardimesh/kit'
import { writeCustom } from '../custom/write-custom.js'
import { refusal } from '../importers/refusal.js'
import { isChosen, type ProfileChoice } from '../profiles/choose-files.js'
import type { Source } from './source-set.js'

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
export async function deriveFiles({ draft, sources, profile, custom }: DeriveOptions, signal: AbortSignal): Promise<SignatureFile[]> {
  const files: SignatureFile[] = []
  for (const { kind, name, path: from, ...facts } of sources) {
    if (!isSignatureName(kind, name) || !isChosen(profile, { kind, name })) continue
    const path = `${kind}/${name}`
    await linkOrCopy(from, join(draft, path))
    files.push({ path, ...facts })
  }
  files.push(...(await writeCustom(draft, custom, signal)))
  if (files.length > MAX_SIGNATURE_FILES)
    throw refusal('size', `The generation would have ${files.length} files, at most ${MAX_SIGNATURE_FILES} are taken. Put fewer in.`)
  if (files.length === 0) throw refusal('size', 'The generation would have no file at all. Choose at least one.')
  return sortedByPath(files)
}
