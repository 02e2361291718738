import { z } from 'zod'

/** Condition on a text of a row. */
export interface TextTerm {
  readonly text: string
  /** false: the text of the row contains this one, ignoring case. */
  readonly isExact: boolean
  readonly isNegated: boolean
}

/** Meaning of a term without `=` and `~`. */
type PlainMeaning = 'exact' | 'contains'

const TERMS_MAX = 20
/** A comma separates terms unless a backslash precedes it. */
const TERM = /(?:\\.|[^,\\])+/g
const SIGNS = /^(-?)([=~]?)/

/**
 * Parses terms that are separated by commas: `name` (its meaning is `plain`), `=name` for exactly this text, `~part` for texts that contain
 * it, each with `-` in front for the opposite. A backslash takes the meaning from the next character. Pure.
 *
 * @returns undefined if there is no term, or one without a text.
 */
export function parseTextTerms(text: string, plain: PlainMeaning): TextTerm[] | undefined {
  const terms = (text.match(TERM) ?? []).map((term) => parseTerm(term.trim(), plain))
  return terms.length > 0 && terms.every((term) => term !== undefined) ? terms : undefined
}

function parseTerm(term: string, plain: PlainMeaning): TextTerm | undefined {
  const [signs = '', minus, sign] = SIGNS.exec(term) ?? []
  const rest = term.slice(signs.length)
  if (rest === '') return undefined
  return { text: rest.replaceAll(/\\(.)/gs, '$1'), isExact: sign === '=' || (sign === '' && plain === 'exact'), isNegated: minus === '-' }
}

/** Formats terms, so that `parseTextTerms` returns them. Pure. */
export function formatTextTerms(terms: readonly TextTerm[], plain: PlainMeaning): string {
  return terms
    .map(({ text, isExact, isNegated }) => {
      const sign = isExact === (plain === 'exact') ? '' : isExact ? '=' : '~'
      const escaped = text.replaceAll(/[\\,]/g, '\\$&')
      return `${isNegated ? '-' : ''}${sign}${sign === '' ? escaped.replace(/^[-=~]/, '\\$&') : escaped}`
    })
    .join(',')
}

/** Text filter of a list. A row matches if it has one of the terms, if there are any, and none of the negated ones. */
export const TextFilter = z
  .string()
  .min(1)
  .max(512)
  .transform((text, ctx) => {
    const terms = parseTextTerms(text, 'exact')
    if (terms && terms.length <= TERMS_MAX) return terms
    ctx.addIssue({ code: 'custom', message: `must be 1 to ${TERMS_MAX} terms, separated by commas, each with a text` })
    return z.NEVER
  })
  .optional()
  .describe('Exact match, or `~text` for texts that contain it; `-` in front excludes; commas separate alternatives')

/** True if a text matches the terms. Pure. */
export function matchesTextTerms(value: string, terms: readonly TextTerm[]): boolean {
  const matches = ({ text, isExact }: TextTerm) => (isExact ? value === text : value.toLowerCase().includes(text.toLowerCase()))
  const wanted = terms.filter(({ isNegated }) => !isNegated)
  return (wanted.length === 0 || wanted.some(matches)) && !terms.some((term) => term.isNegated && matches(term))
}
