import { expect, test } from 'vitest'
import { chartReadmeText } from './gen-chart-readme.js'

const README = '# Chart\n<!-- values: written by npm run gen -->\nold\n<!-- /values -->\nend\n'

test('lists every described value with its default, in the order of the file', () => {
  const values = `# -- Name of it.
name: local
# Not about a value.
part:
  # -- First | line
  # and second.
  size: 3
  # -- A list.
  items: [{ a: "1" }]
`
  expect(chartReadmeText(README, values)).toBe(`# Chart
<!-- values: written by npm run gen -->
| value | default | description |
| --- | --- | --- |
| \`name\` | \`local\` | Name of it. |
| \`part.size\` | \`3\` | First \\| line and second. |
| \`part.items\` | \`[ { a: "1" } ]\` | A list. |
<!-- /values -->
end
`)
})

test.each([
  { name: 'a value without a description', readme: README, values: 'part: { size: 3 }', message: 'no description of part.size' },
  { name: 'a README without marks', readme: '# Chart', values: '# -- Size.\nsize: 3', message: 'must have the lines' },
])('rejects $name', ({ readme, values, message }) => expect(() => chartReadmeText(readme, values)).toThrow(message))
