/** One way to authenticate that a server offers. */
export interface Challenge {
  /** In lower case: "bearer". */
  readonly scheme: string
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
/** A parameter, or the name of a scheme, which no "=" follows. Source: RFC 9110, 11.6.1. */
const PART = new RegExp(`(${TOKEN})(?:\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN})))?`, 'g')
const ORDER = ['bearer', 'basic']

/**
 * Parses the supported challenges of a header, tokens first: a server that offers both usually keeps basic authentication for old clients.
 * Pure.
 *
 * @param header "www-authenticate"; Node joins several headers with commas.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  for (const [, name = '', quoted, plain] of header.matchAll(PART)) {
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() })
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), value)
  }
  return challenges
    .filter(({ scheme }) => ORDER.includes(scheme))
    .toSorted((one, other) => ORDER.indexOf(one.scheme) - ORDER.indexOf(other.scheme))
}
