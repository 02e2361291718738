/** Browsers by a part of their User-Agent header, more specific ones first: Edge and Opera also name Chrome, and Chrome names Safari. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
] as const
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iOS'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** Names browser and system of a User-Agent header: "Firefox, Linux". Undefined if neither is known. Pure. */
export function browserName(userAgent: string): string | undefined {
  const nameOf = (known: readonly (readonly [string, string])[]) => known.find(([part]) => userAgent.includes(part))?.[1]
  const names = [nameOf(BROWSERS), nameOf(SYSTEMS)].filter((name) => name !== undefined)
  return names.length === 0 ? undefined : names.join(', ')
}
