import type { SignatureSettings } from '@guardimesh/contracts'

/** The selection of signatures that nodes load. */
export type ProfileChoice = Pick<SignatureSettings, 'profile' | 'profileFiles'>

/** Profiles that remove individual signatures. */
export type FilteringProfile = 'linux' | 'minimal'

/** Formats for hashes of sections and imports of Windows executables. */
const WINDOWS_ONLY = new Set(['mdb', 'mdu', 'msb', 'msu', 'imp'])
/** Target types of Windows and macOS executables. Source: https://docs.clamav.net/manual/Signatures/FileTypes.html#target-types */
const OTHER_TARGETS = new Set(['1', '9'])
/** Formats that are filtered by signature name or target; all lines of other formats, such as hashes and exceptions, are kept. */
const NAMED = new Set(['ndb', 'ndu', 'ldb', 'ldu'])
const LINUX_NAME = /^(Unix|Linux|Multios|Php|Html|Js|Java|Py|Perl|Win\.Test|Eicar)\./i
/** Formats of the minimal profile: hashes, and what is needed for exceptions and file type detection. */
const MINIMAL_FORMS = new Set(['hdb', 'hdu', 'hsb', 'hsu', 'fp', 'sfp', 'ign', 'ign2', 'cfg', 'ftm', 'yar', 'yara', 'cbc', ...NAMED])

/** Returns whether a profile keeps all, none, or some lines of a database format. Pure. */
export function filterFor(profile: FilteringProfile, ending: string): 'all' | 'none' | 'lines' {
  if (WINDOWS_ONLY.has(ending) || (profile === 'minimal' && !MINIMAL_FORMS.has(ending))) return 'none'
  return NAMED.has(ending) ? 'lines' : 'all'
}

/** True when a profile keeps a line of a `.ndb` or `.ldb`: no target of Windows or macOS; for `minimal` also a name for Linux. Pure. */
export function isLineKept(profile: FilteringProfile, ending: string, line: string): boolean {
  const isLogical = ending.startsWith('ld')
  const target = isLogical ? /^[^;]*;[^;]*\bTarget:(\d+)/.exec(line)?.[1] : line.split(':', 2)[1]
  if (target !== undefined && OTHER_TARGETS.has(target)) return false
  return profile === 'linux' || LINUX_NAME.test(line)
}
