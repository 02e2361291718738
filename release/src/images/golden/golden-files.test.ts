import type { ImageName } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { type FileTree, textFile } from '../tree/file-tree.js'
import { chooseGolden } from './golden-files.js'

const program = (text: string, mode = 0o755) => textFile(`\x7fELF${text}`, mode)
const tree = (entries: Parameters<typeof Object.entries>[0]): FileTree => new Map(Object.entries(entries)) as FileTree

async function chosen(own: FileTree, others: Partial<Record<ImageName, FileTree>>): Promise<string[]> {
  const golden = await chooseGolden(own, new Map(Object.entries(others)) as Map<ImageName, FileTree>)
  return golden.map(({ image, path }) => `${image}${path}`)
}

test.each([
  { name: 'a program', path: '/usr/bin/x', entry: program('x'), isGolden: true },
  { name: 'a library without execute permission', path: '/usr/lib/x.so', entry: program('x', 0o644), isGolden: true },
  { name: 'a native module of an npm package', path: '/app/node_modules/x/x.node', entry: program('x'), isGolden: true },
  { name: 'a script', path: '/usr/bin/x', entry: textFile('#!/bin/sh\n', 0o755), isGolden: true },
  { name: 'a text file that starts with a shebang', path: '/app/x.txt', entry: textFile('#!/bin/sh\n'), isGolden: false },
  { name: "the console's JavaScript", path: '/usr/share/guardimesh/console/x.js', entry: textFile('x()'), isGolden: true },
  { name: 'JavaScript of a Node program', path: '/app/backend/dist/x.js', entry: textFile('x()'), isGolden: false },
  { name: 'a text', path: '/etc/x', entry: textFile('x'), isGolden: false },
  { name: 'an empty file', path: '/etc/x', entry: textFile(''), isGolden: false },
  { name: 'a link', path: '/usr/bin/x', entry: { kind: 'link', target: 'y' }, isGolden: false },
])('$name: $isGolden', async ({ path, entry, isGolden }) => {
  expect(await chosen(tree({}), { backend: tree({ [path]: entry }) })).toEqual(isGolden ? [`backend${path}`] : [])
})

test('attributes each content to the first image, and omits content of the own image', async () => {
  const own = tree({ '/usr/bin/node': program('node'), '/usr/bin/link': { kind: 'link', target: 'node' } })
  const backend = tree({ '/usr/bin/node': program('node'), '/usr/bin/b': program('two'), '/usr/bin/a': program('two') })
  const scanner = tree({ '/usr/bin/other': program('two'), '/usr/lib/s.so': program('three') })
  expect(await chosen(own, { backend, scanner })).toEqual(['backend/usr/bin/a', 'scanner/usr/lib/s.so'])
})
