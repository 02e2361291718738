import type { SignatureSettings } from '@guardimesh/contracts'

/** Which signatures nodes load. */
export type ProfileChoice = Pick<SignatureSettings, 'profile' | 'profileFiles'>

/** Profiles that take single signatures out. */
export type FilteringProfile = 'linux' | 'minimal'

/** Hashes of sections and imports of Windows programs. */
const WINDOWS_ONLY = new Set(['mdb', 'mdu', 'msb', 'msu', 'imp'])
/** Windows and macOS programs. Source: https://docs.clamav.net/manual/Signatures/FileTypes.html#target-types */
const OTHER_TARGETS = new Set(['1', '9'])
/** Forms whose lines name what they find; of the others, such as hashes and exceptions, every line stays. */
const NAMED = new Set(['ndb', 'ndu', 'ldb', 'ldu'])
const LINUX_NAME = /^(Unix|Linux|Multios|Php|Html|Js|Java|Py|Perl|Win\.Test|Eicar)\./i
/** Besides hashes, what a minimal set needs to ignore and to tell types of files. */
const MINIMAL_FORMS = new Set(['hdb', 'hdu', 'hsb', 'hsu', 'fp', 'sfp', 'ign', 'ign2', 'cfg', 'ftm', 'yar', 'yara', 'cbc', ...NAMED])

/** What a profile does with a form of database: all of it, none of it, or some of its lines. Pure. */
export function formIn(profile: FilteringProfile, ending: string): 'whole' | 'none' | 'lines' {
  if (WINDOWS_ONLY.has(ending) || (profile === 'minimal' && !MINIMAL_FORMS.has(ending))) return 'none'
  return NAMED.has(ending) ? 'lines' : 'whole'
}

/** True when a line of a `.ndb` or `.ldb` stays: what is not for programs of Windows and macOS; in a minimal set what is named for Linux, too. Pure. */
export function isLineKept(profile: FilteringProfile, ending: string, line: string): boolean {
  const isLogical = ending.startsWith('ld')
  const target = isLogical ? /^[^;]*;[^;]*\bTarget:(\d+)/.exec(line)?.[1] : line.split(':', 2)[1]
  if (target !== undefined && OTHER_TARGETS.has(target)) return false
  return profile === 'linux' || LINUX_NAME.test(line)
}
