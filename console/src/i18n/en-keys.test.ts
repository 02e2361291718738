import { expect, test } from 'vitest'
import en from './en.json'

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], { query: '?raw', import: 'default', eager: true })
const code = Object.values(sources).join('\n')

/** "a.b.c" for every text; endings of plurals belong to the key before them. */
function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${prefix}${name}`.replace(/_(zero|one|other)$/, '')] : keysOf(value, `${prefix}${name}.`),
  )
}

const KEY = /[A-Za-z][A-Za-z0-9]*(?:\.(?:[A-Za-z0-9_:]+|\$\{[^}]*\}))+/
const quoted = [...code.matchAll(new RegExp(`['"\`](${KEY.source})['"\`]`, 'g'))].map((match) => match[1] ?? '')
/** Each use as a pattern: an inserted part stands for one name or more. */
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

test('every text is used', () => {
  const unused = keysOf(en).filter((key) => !uses.some((use) => use.test(key)))
  // Sentences of failed checks are found by the key that the check gives, headings by the column's name.
  const isFoundOtherwise = (key: string) => /^(form\.invalid|column)\./.test(key) && code.includes(`'${key.split('.').at(-1)}'`)
  expect(unused.filter((key) => !isFoundOtherwise(key))).toEqual([])
})

test('every use has a text', () => {
  const keys = keysOf(en)
  const missing = quoted.filter((use, index) => roots.has(use.split('.')[0] ?? '') && !keys.some((key) => uses[index]?.test(key)))
  expect(missing).toEqual([])
})
