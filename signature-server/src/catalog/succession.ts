import type { SignatureFile, SignatureKind } from '@guardimesh/kit'
import { isContainerName, isSignedName } from '../importers/container-database.js'
import { refusal } from '../importers/refusal.js'

/** A file that may take the place of a live one. */
export interface Successor {
  readonly kind: SignatureKind
  readonly name: string
  /** A person said so. */
  readonly mayBeOlder: boolean
}

/** `daily.cld` takes the place of `daily.cvd`, every other file that of its own name. Pure. */
export function isReplacedBy(file: Pick<SignatureFile, 'path'>, { kind, name }: Successor): boolean {
  if (file.path === `${kind}/${name}`) return true
  return isContainerName(file.path) && isContainerName(name) && stemOf(file.path) === `${kind}/${stemOf(name)}`
}

/**
 * Lets nothing older take the place of something newer, and nothing unsigned that of something signed.
 *
 * @param version of the new file; undefined when it does not say.
 * @throws the refusal.
 */
export function requireSuccession(successor: Successor, version: number | undefined, live: readonly SignatureFile[]): void {
  const { kind, name, mayBeOlder } = successor
  const replaced = live.find((file) => isReplacedBy(file, successor))
  if (version === undefined || !replaced) return
  const liveName = replaced.path.slice(kind.length + 1)
  if (isSignedName(liveName) && !isSignedName(name))
    throw refusal('digital-signature', `${name} is not signed and may not replace ${liveName}, which is. Give it another name.`)
  if (replaced.version === undefined || version >= replaced.version || mayBeOlder) return
  throw refusal(
    'version',
    `${name} has version ${version}, the live ${liveName} has ${replaced.version}. To go back on purpose, put an empty file ${name}.allow-downgrade beside it.`,
  )
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '')
}
