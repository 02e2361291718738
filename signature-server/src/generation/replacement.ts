import { isContainerName, type SignatureKind, stemOf } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import type { SourceFile } from './generation-lists.js'
import { isSignedName } from './signed-name.js'

/** A file that may replace one of the head generation. */
export interface Replacement {
  readonly kind: SignatureKind
  readonly name: string
  /** True when the user allowed an older version. */
  readonly isDowngradeAllowed: boolean
}

type Named = Pick<SourceFile, 'kind' | 'name'>

/** True when `file` is replaced by the other file: one of the same name, or another container format of the same database. Pure. */
export function isReplacedBy(file: Named, { kind, name }: Named): boolean {
  if (file.kind !== kind) return false
  return file.name === name || (isContainerName(file.name) && isContainerName(name) && stemOf(file.name) === stemOf(name))
}

/**
 * Rejects older versions, and unsigned databases that would replace signed ones.
 *
 * @param version of the new file; undefined for files without a version.
 * @throws the refusal.
 */
export function requireNoDowngrade(
  replacement: Replacement,
  version: number | undefined,
  before: readonly (Named & Pick<SourceFile, 'version'>)[],
): void {
  const { name, isDowngradeAllowed } = replacement
  const replaced = before.find((file) => isReplacedBy(file, replacement))
  if (version === undefined || !replaced) return
  if (isSignedName(replaced.name) && !isSignedName(name))
    throw refusal('digital-signature', `${name} is unsigned and cannot replace the signed ${replaced.name}. Rename it.`)
  if (replaced.version === undefined || version >= replaced.version || isDowngradeAllowed) return
  throw refusal(
    'version',
    `${name} has version ${version}, but the current ${replaced.name} has ${replaced.version}. To downgrade on purpose, put an empty file ${name}.allow-downgrade next to it, or upload it with guardimesh signatures push --allow-older.`,
  )
}
