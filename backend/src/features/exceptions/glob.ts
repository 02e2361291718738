/** A part of a pattern. `text` is one character. */
type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'one' | 'many' | 'any' }

/** A parsed pattern. */
export type Glob = readonly Token[]

/** `**` before `*`; a backslash and its next character are one token. */
const TOKENS = /\\[*?]|\*\*+|\*|\?|./gsu

/**
 * Parses a pattern: `*` matches any characters except `/`, `**` any characters, `?` one character except `/`. A backslash in front of `*` or `?`
 * takes their meaning. Other backslashes are part of paths as findings show them, in which a backslash is `\\`. Pure.
 */
export function parseGlob(pattern: string): Glob {
  // A shown backslash is two characters; the second one must not take the meaning of what follows.
  const parts = pattern.split(/(\\\\)/)
  return parts.flatMap((part) => (part === '\\\\' ? [text('\\'), text('\\')] : (part.match(TOKENS) ?? []).map(tokenOf)))
}

function text(character: string): Token {
  return { kind: 'text', text: character }
}

function tokenOf(part: string): Token {
  if (part === '*') return { kind: 'many' }
  if (part === '?') return { kind: 'one' }
  if (part.startsWith('**')) return { kind: 'any' }
  return text(part.length > 1 && part.startsWith('\\') ? part.slice(1) : part)
}

/**
 * True if a text matches. Follows all possible positions at once instead of backtracking, so that no pattern takes longer than its length times
 * that of the text. Pure.
 */
export function matchesGlob(glob: Glob, value: string): boolean {
  let positions = skipWildcards(glob, new Set([0]))
  for (const character of value) {
    const next = new Set<number>()
    for (const at of positions) {
      const token = glob[at]
      if (token === undefined || !accepts(token, character)) continue
      next.add(token.kind === 'many' || token.kind === 'any' ? at : at + 1)
    }
    if (next.size === 0) return false
    positions = skipWildcards(glob, next)
  }
  return positions.has(glob.length)
}

function accepts(token: Token, character: string): boolean {
  if (token.kind === 'text') return token.text === character
  return token.kind === 'any' || character !== '/'
}

/** Adds the positions behind wildcards that match no character. */
function skipWildcards(glob: Glob, positions: Set<number>): Set<number> {
  // A set also iterates over what is added meanwhile.
  for (const at of positions) {
    const kind = glob[at]?.kind
    if (kind === 'many' || kind === 'any') positions.add(at + 1)
  }
  return positions
}

const SQL_WILDCARDS = { one: '[^/]', many: '[^/]*', any: '.*' } as const

/** Returns the regular expression of PostgreSQL that matches the same texts. Pure. */
export function globToRegex(glob: Glob): string {
  const parts = glob.map((token) => (token.kind === 'text' ? token.text.replace(/[\\^$.*+?()[\]{}|]/, '\\$&') : SQL_WILDCARDS[token.kind]))
  return `^${parts.join('')}$`
}
