const RULES = new Intl.PluralRules('en')

/**
 * Formats a number with its noun: "1 node", "2 nodes". Include adjectives in the noun: `formatCount(1, 'more node')` returns
 * "1 more node". Pure.
 *
 * @param plural plural form, if it is not the noun with an appended "s": `formatCount(2, 'entry', 'entries')`.
 */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${pluralOf(count, noun, plural)}`
}

/** Returns "node" or "nodes" without the number, for a list of the items. Pure. */
export function pluralOf(count: number, noun: string, plural = `${noun}s`): string {
  return RULES.select(count) === 'one' ? noun : plural
}

/**
 * Lists the first items and counts the others: "n1, n2 and 1 more node". Pure.
 *
 * @param maxItems maximum number of listed items.
 */
export function listFirst(items: readonly string[], maxItems: number, noun: string): string {
  const listed = items.slice(0, maxItems).join(', ')
  const others = items.length - maxItems
  return others > 0 ? `${listed} and ${formatCount(others, `more ${noun}`)}` : listed
}
