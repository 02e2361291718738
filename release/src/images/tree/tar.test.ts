import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type FileTree, textFile } from './file-tree.js'
import { readTar, tarOf } from './tar.js'

const file = (text: string) => textFile(text, 0o640)
const link = (target: string) => ({ kind: 'link', target }) as const
const longPath = `/usr/share/${'long-'.repeat(40)}name`

const bytesOf = (tree: FileTree) => buffer(tarOf(tree))

test('reads the files that it wrote', async () => {
  const tree: FileTree = new Map([
    ['/etc/name', file('content')],
    [longPath, file('')],
    ['/usr/bin/sh', link('dash')],
  ])
  expect(await readTar(Readable.from([await bytesOf(tree)]))).toEqual(new Map([...tree].sort()))
})

test('writes the same bytes for the same files in any order', async () => {
  const entries = [
    ['/b', file('2')],
    ['/a/c', link('../b')],
    ['/a', file('1')],
  ] as const
  expect(await bytesOf(new Map(entries))).toEqual(await bytesOf(new Map([...entries].reverse())))
})

test('writes folders before their content', async () => {
  const names: string[] = []
  const archive = await bytesOf(
    new Map([
      ['/a.b', file('')],
      ['/a/b/c', file('')],
      ['/tmp', { kind: 'folder', mode: 0o1777 }],
    ]),
  )
  // A header is a block of 512 bytes that begins with the name; these files are empty.
  for (let at = 0; archive[at]; at += 512) names.push(archive.toString('latin1', at, archive.indexOf(0, at)))
  expect(names).toEqual(['a', 'a.b', 'a/b', 'a/b/c', 'tmp'])
})

test('maps paths that Debian merged into /usr', async () => {
  const archive = Readable.from([
    await bytesOf(
      new Map([
        ['/bin/dash', file('')],
        ['/library', file('')],
      ]),
    ),
  ])
  expect([...(await readTar(archive)).keys()]).toEqual(['/usr/bin/dash', '/library'])
})

test('rejects a truncated archive', async () => {
  const archive = await bytesOf(new Map([['/etc/name', file('x'.repeat(600))]]))
  await expect(readTar(Readable.from([archive.subarray(0, 1100)]))).rejects.toThrow('Unexpected end of data')
})
