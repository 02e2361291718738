import { isMap, isScalar, type Pair, parseDocument, stringify } from 'yaml'

const BEGIN = '<!-- values: written by npm run gen -->'
const END = '<!-- /values -->'

interface DocumentedValue {
  readonly path: string
  readonly description: string
  /** As YAML in one line. */
  readonly preset: string
}

/**
 * Writes the table of values between its two marks in the chart's README. Pure.
 *
 * @param valuesText `values.yaml` with a `# --` comment above each value.
 * @throws Error when a value has no such comment, or the marks are missing.
 */
export function chartReadmeText(readmeText: string, valuesText: string): string {
  const [begin, end] = [readmeText.indexOf(BEGIN), readmeText.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`the README must have the lines ${BEGIN} and ${END}`)
  const rows = documentedValues(valuesText).map(({ path, description, preset }) => `| \`${path}\` | \`${preset}\` | ${description} |`)
  const table = ['| value | default | description |', '| --- | --- | --- |', ...rows].join('\n')
  return `${readmeText.slice(0, begin)}${BEGIN}\n${table}\n${readmeText.slice(end)}`
}

/** Lists all values with their descriptions in the order of the file. Pure. */
function documentedValues(valuesText: string): DocumentedValue[] {
  const { contents } = parseDocument(valuesText)
  if (!isMap(contents)) throw new Error('values.yaml is not a map')
  // The comment above the first key of a map belongs to the map.
  return contents.items.flatMap((pair, index) => valuesOf(pair, [], index === 0 ? contents.commentBefore : undefined))
}

function valuesOf(pair: Pair, parents: readonly string[], mapComment: string | null | undefined): DocumentedValue[] {
  const key = isScalar(pair.key) ? pair.key : undefined
  const path = [...parents, String(key?.value)]
  const description = descriptionOf(key?.commentBefore ?? mapComment)
  if (description !== undefined) return [{ path: path.join('.'), description, preset: presetOf(pair.value) }]
  const map = pair.value
  if (!isMap(map)) throw new Error(`values.yaml has no description of ${path.join('.')}: add a comment that begins with "# --"`)
  return map.items.flatMap((child, index) => valuesOf(child, path, index === 0 ? map.commentBefore : undefined))
}

/** Returns the text after `--` in one line; undefined when the comment is not a description. */
function descriptionOf(comment: string | null | undefined): string | undefined {
  const text = comment?.replace(/\s+/g, ' ').trim()
  return text?.startsWith('-- ') ? text.slice(3).replaceAll('|', '\\|') : undefined
}

function presetOf(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()
}
