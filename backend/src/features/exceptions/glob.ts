/** A part of a pattern. `text` is one character. */
type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'one' | 'many' | 'any' }

/** A parsed pattern. */
export interface Glob {
  readonly tokens: readonly Token[]
  /** Text before the first wildcard, and after the last one; most texts differ there. */
  readonly prefix: string
  readonly suffix: string
}

/** `**` before `*`; a backslash and its next character are one token. */
const TOKENS = /\\[*?]|\*\*+|\*|\?|./gsu

/**
 * Parses a pattern: `*` matches any characters except `/`, `**` any characters, `?` one character except `/`. A backslash in front of `*` or `?`
 * takes their meaning. Other backslashes are part of paths as findings show them, in which a backslash is `\\`. Pure.
 */
export function parseGlob(pattern: string): Glob {
  // A shown backslash is two characters; the second one must not take the meaning of what follows.
  const parts = pattern.split(/(\\\\)/)
  const tokens = parts.flatMap((part) => (part === '\\\\' ? [text('\\'), text('\\')] : (part.match(TOKENS) ?? []).map(tokenOf)))
  const isWildcard = ({ kind }: Token) => kind !== 'text'
  const first = tokens.findIndex(isWildcard)
  const last = tokens.findLastIndex(isWildcard)
  return { tokens, prefix: textOf(tokens.slice(0, first === -1 ? tokens.length : first)), suffix: textOf(tokens.slice(last + 1)) }
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'text' ? token.text : '')).join('')
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
export function matchesGlob({ tokens, prefix, suffix }: Glob, value: string): boolean {
  if (!value.startsWith(prefix) || !value.endsWith(suffix)) return false
  let positions = skipWildcards(tokens, new Set([0]))
  for (const character of value) {
    const next = new Set<number>()
    for (const at of positions) {
      const token = tokens[at]
      if (token === undefined || !accepts(token, character)) continue
      next.add(token.kind === 'many' || token.kind === 'any' ? at : at + 1)
    }
    if (next.size === 0) return false
    positions = skipWildcards(tokens, next)
  }
  return positions.has(tokens.length)
}

function accepts(token: Token, character: string): boolean {
  if (token.kind === 'text') return token.text === character
  return token.kind === 'any' || character !== '/'
}

/** Adds the positions behind wildcards that match no character. */
function skipWildcards(tokens: readonly Token[], positions: Set<number>): Set<number> {
  // A set also iterates over what is added meanwhile.
  for (const at of positions) {
    const kind = tokens[at]?.kind
    if (kind === 'many' || kind === 'any') positions.add(at + 1)
  }
  return positions
}

const SQL_WILDCARDS = { one: '[^/]', many: '[^/]*', any: '.*' } as const

/** Returns the regular expression of PostgreSQL that matches the same texts. Pure. */
export function globToRegex({ tokens }: Glob): string {
  const parts = tokens.map((token) =>
    token.kind === 'text' ? token.text.replace(/[\\^$.*+?()[\]{}|]/, '\\$&') : SQL_WILDCARDS[token.kind],
  )
  return `^${parts.join('')}$`
}
