import { isContainerName, type SignatureKind, stemOf } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import type { SourceFile } from './generation-lists.js'
import { isSignedName } from './signed-name.js'

/** A file that may take the place of one of the head generation. */
export interface Successor {
  readonly kind: SignatureKind
  readonly name: string
  /** A person said so. */
  readonly mayBeOlder: boolean
}

type Named = Pick<SourceFile, 'kind' | 'name'>

/** `daily.cld` takes the place of `daily.cvd`, every other file that of its own name. Pure. */
export function isReplacedBy(file: Named, { kind, name }: Named): boolean {
  if (file.kind !== kind) return false
  return file.name === name || (isContainerName(file.name) && isContainerName(name) && stemOf(file.name) === stemOf(name))
}

/**
 * Lets nothing older take the place of something newer, and nothing unsigned that of something signed.
 *
 * @param version of the new file; undefined when it does not say.
 * @throws the refusal.
 */
export function requireSuccession(
  successor: Successor,
  version: number | undefined,
  before: readonly (Named & Pick<SourceFile, 'version'>)[],
): void {
  const { name, mayBeOlder } = successor
  const replaced = before.find((file) => isReplacedBy(file, successor))
  if (version === undefined || !replaced) return
  if (isSignedName(replaced.name) && !isSignedName(name))
    throw refusal('digital-signature', `${name} is not signed and may not replace ${replaced.name}, which is. Give it another name.`)
  if (replaced.version === undefined || version >= replaced.version || mayBeOlder) return
  throw refusal(
    'version',
    `${name} has version ${version}, the ${replaced.name} in force has ${replaced.version}. To go back on purpose, put an empty file ${name}.allow-downgrade beside it, or upload it with leave to be older (guardimesh signatures push --allow-older).`,
  )
}
