import { expect, test } from 'vitest'
import en from './en.json'

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], { query: '?raw', import: 'default', eager: true })
const code = Object.values(sources).join('\n')

/** "a.b.c" for every text, without plural suffixes. */
function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${prefix}${name}`.replace(/_(zero|one|other)$/, '')] : keysOf(value, `${prefix}${name}.`),
  )
}

const KEY = /[A-Za-z][A-Za-z0-9]*(?:\.(?:[A-Za-z0-9_:]+|\$\{[^}]*\}))+/
const quoted = [...code.matchAll(new RegExp(`['"\`](${KEY.source})['"\`]`, 'g'))].map((match) => match[1] ?? '')
/** Each use as a pattern: an interpolated part matches one name. */
const uses = quoted.map(
  (use) =>
    new RegExp(
      `^${use
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join('[^.]+')}$`,
    ),
)
const roots = new Set(Object.keys(en))

test('uses every text', () => {
  const unused = keysOf(en).filter((key) => !uses.some((use) => use.test(key)))
  // Validation messages are resolved by the key from the resolver, column headings by the column's name.
  const isFoundOtherwise = (key: string) => /^(form\.invalid|column)\./.test(key) && code.includes(`'${key.split('.').at(-1)}'`)
  expect(unused.filter((key) => !isFoundOtherwise(key))).toEqual([])
})

test('has a text for every use', () => {
  const keys = keysOf(en)
  const missing = quoted.filter((use, index) => roots.has(use.split('.')[0] ?? '') && !keys.some((key) => uses[index]?.test(key)))
  expect(missing).toEqual([])
})
