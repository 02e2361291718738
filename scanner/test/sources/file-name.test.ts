import { closeSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts'
import { type FileStat, statOpened } from '@guardimesh/scanner/node/file-stat.js'
import { openPath } from '@guardimesh/scanner/node/kernel.js'
import { nameInContainer } from '@guardimesh/scanner/sources/file-name.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

let upperdir: string
beforeAll(async () => {
  upperdir = await mkdtemp(join(tmpdir(), 'gm-names-'))
  mkdirSync(join(upperdir, 'tmp'))
})
afterAll(() => rmSync(upperdir, { recursive: true, force: true }))

function statOf(name: string): FileStat {
  const fd = openPath(join(upperdir, name))
  try {
    return statOpened(fd)
  } finally {
    closeSync(fd)
  }
}

function nameOf(kernelPath: string, stat: FileStat, layer = 'upperdir'): string {
  const container = { upperdir, pid: 0, mounts: [{ source: upperdir, destination: '/data' }] } as unknown as ContainerInfoMessage
  return nameInContainer('/', { container, layer }, Buffer.from(kernelPath), stat).toString()
}

test('an ordinary path is returned as it is, without access to the file system', () =>
  expect(nameOf('/gone/away', { linkCount: 1 } as FileStat)).toBe('/gone/away'))

test('a deleted file has its last name', () => expect(nameOf('/tmp/x (deleted)', { linkCount: 0 } as FileStat)).toBe('/tmp/x'))

test('a file that is really named like a deleted one keeps its name', () => {
  writeFileSync(join(upperdir, 'tmp/x (deleted)'), 'x')
  expect(nameOf('/tmp/x (deleted)', statOf('tmp/x (deleted)'))).toBe('/tmp/x (deleted)')
})

test('a file that was linked later, or whose first name was removed, has its current name', () => {
  writeFileSync(join(upperdir, 'tmp/report.doc'), 'x')
  expect(nameOf('/tmp/#966937 (deleted)', statOf('tmp/report.doc'))).toBe('/tmp/report.doc')
  linkSync(join(upperdir, 'tmp/report.doc'), join(upperdir, 'tmp/second'))
  rmSync(join(upperdir, 'tmp/report.doc'))
  expect(nameOf('/tmp/report.doc (deleted)', statOf('tmp/second'))).toBe('/tmp/second')
  expect(nameOf('/data/tmp/report.doc (deleted)', statOf('tmp/second'), 'volume:/data')).toBe('/data/tmp/second')
})

test('a copied up file, whose inode differs on the overlay, is recognised by name and times', () => {
  writeFileSync(join(upperdir, 'tmp/copied (deleted)'), 'some content')
  const stat = statOf('tmp/copied (deleted)')
  expect(nameOf('/tmp/copied (deleted)', { ...stat, identity: { ...stat.identity, inode: 1n } })).toBe('/tmp/copied (deleted)')
})

test('a name in another folder is unknown, and the path states that', () => {
  writeFileSync(join(upperdir, 'moved'), 'x')
  const stat = statOf('moved')
  expect(nameOf('/tmp/#12 (deleted)', stat)).toBe(`/tmp/(a file of unknown name, inode ${stat.identity.inode})`)
  renameSync(join(upperdir, 'tmp'), join(upperdir, 'away'))
  expect(nameOf('/tmp/#12 (deleted)', stat)).toBe(`/tmp/(a file of unknown name, inode ${stat.identity.inode})`)
})
