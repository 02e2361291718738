import { expect, test } from 'vitest'
import { formatTextTerms, matchesTextTerms, parseTextTerms, TextFilter } from './text-filter.js'

const exact = (text: string, isNegated = false) => ({ text, isExact: true, isNegated })
const contains = (text: string, isNegated = false) => ({ text, isExact: false, isNegated })

test.each([
  { text: 'shop', plain: 'exact', expected: [exact('shop')] },
  { text: 'shop', plain: 'contains', expected: [contains('shop')] },
  { text: '=shop', plain: 'contains', expected: [exact('shop')] },
  { text: '~pay', plain: 'exact', expected: [contains('pay')] },
  { text: '-kube', plain: 'contains', expected: [contains('kube', true)] },
  { text: '-=kube-system, pay', plain: 'contains', expected: [exact('kube-system', true), contains('pay')] },
  { text: 'a\\,b,\\-c,d\\\\', plain: 'exact', expected: [exact('a,b'), exact('-c'), exact('d\\')] },
] as const)('parses $text, $plain by default', ({ text, plain, expected }) => expect(parseTextTerms(text, plain)).toEqual(expected))

test.each([
  { terms: [exact('shop'), contains('pay', true)] },
  { terms: [exact('-a'), contains('=b'), exact('~c,d', true), contains('e\\')] },
])('formats terms that parse to the same', ({ terms }) => {
  for (const plain of ['exact', 'contains'] as const) expect(parseTextTerms(formatTextTerms(terms, plain), plain)).toEqual(terms)
})

test.each(['', ',', '-', '=', 'a,-', 'x'.repeat(513), Array.from({ length: 21 }, () => 'a').join(',')])('rejects %j', (text) =>
  expect(TextFilter.safeParse(text).success).toBe(false),
)

test.each([
  { value: 'payments-prod', filter: '~PAY', expected: true },
  { value: 'payments-prod', filter: 'pay', expected: false },
  { value: 'payments-prod', filter: 'shop,payments-prod', expected: true },
  { value: 'payments-prod', filter: '~pay,-~prod', expected: false },
  { value: 'shop', filter: '-~pay', expected: true },
])('$filter matches $value: $expected', ({ value, filter, expected }) =>
  expect(matchesTextTerms(value, parseTextTerms(filter, 'exact') ?? [])).toBe(expected),
)
