// @vitest-environment node
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'))
const read = (file: string) => readFileSync(file, 'utf8')

/** Names of the components that the console imports from Mantine. */
function importedComponents(): Set<string> {
  const names = new Set<string>()
  for (const file of globSync(join(import.meta.dirname, '**/*.{ts,tsx}')))
    for (const [, list = ''] of read(file).matchAll(/import \{([^}]*)\} from '@mantine\/core'/g))
      for (const name of list.split(',').map((part) => part.trim())) if (/^[A-Z]/.test(name)) names.add(name)
  return names
}

/** Style sheets of Mantine that a module needs, with those of the components that it uses. */
function styleSheetsOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || !existsSync(file)) return []
  seen.add(file)
  const own = /\/(\w+)\.module\.mjs$/.exec(file)?.[1]
  const sheets = own !== undefined && existsSync(join(PACKAGE, `styles/${own}.css`)) ? [`${own}.css`] : []
  const imports = [...read(file).matchAll(/from "(\.[^"]+)"/g)].map(([, path = '']) => join(dirname(file), path))
  return [...sheets, ...imports.flatMap((path) => styleSheetsOf(path, seen))]
}

test('imports the style sheets of all used components, and no others', () => {
  const used = new Set(
    [...importedComponents()].flatMap((name) => globSync(join(PACKAGE, `esm/**/${name}.mjs`)).flatMap((file) => styleSheetsOf(file))),
  )
  const imported = [...read(join(import.meta.dirname, 'mantine-styles.ts')).matchAll(/styles\/([A-Z]\w+\.css)/g)].map(([, sheet]) => sheet)
  expect(imported.toSorted()).toEqual([...used].toSorted())
})
