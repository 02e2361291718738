import type { SignatureSettings } from '@guardimesh/contracts'
import type { SignatureKind } from '@guardimesh/kit'

/** Which signatures nodes load. */
export type ProfileChoice = Pick<SignatureSettings, 'profile' | 'profileFiles'>

/** True when nodes load the file at all; with profile `custom` those that were chosen by name, and all YARA rules. Pure. */
export function isChosen({ profile, profileFiles }: ProfileChoice, { kind, name }: { kind: SignatureKind; name: string }): boolean {
  return profile !== 'custom' || kind === 'yara' || profileFiles.includes(name)
}
