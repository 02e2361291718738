const RULES = new Intl.PluralRules('en')

/** Returns a count with its English noun: "1 node", "2 nodes". Pure. */
export function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${RULES.select(count) === 'one' ? '' : 's'}`
}
