import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { explainFiles } from '@guardimesh/scanner/sources/packages/explain-files.js'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-packages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(layer: string, path: string, content: string): void {
  const file = join(folder, layer, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
const md5 = (content: string) => createHash('md5').update(content).digest('hex')
const explain = async (...paths: string[]) => Object.fromEntries(await explainFiles('/', [join(folder, 'top'), join(folder, 'low')], paths))

beforeEach(() => {
  write('low', 'usr/bin/curl', 'curl')
  write('low', 'usr/bin/ls', 'ls')
  write('low', 'opt/miner', 'miner')
  write('top', 'usr/bin/ls', 'replaced')
})

test('names the Debian package of a file, and whether its content is original', async () => {
  write('low', 'var/lib/dpkg/info/curl.md5sums', `${md5('curl')}  usr/bin/curl\n`)
  write('low', 'var/lib/dpkg/info/coreutils:amd64.md5sums', `${md5('ls')}  bin/ls\n`)
  write('low', 'var/lib/dpkg/status', 'Package: curl\nVersion: 7.88.1-10\n\nPackage: coreutils\nStatus: installed\nVersion: 9.1-1\n')
  expect(await explain('/usr/bin/curl', '/usr/bin/ls', '/opt/miner')).toEqual({
    '/usr/bin/curl': 'It belongs to the package curl 7.88.1-10 and has its original content.',
    '/usr/bin/ls': 'It belongs to the package coreutils:amd64 9.1-1, but differs from its original content.',
    '/opt/miner': 'It belongs to no package of the image.',
  })
})

test('reads the database of a distroless image', async () => {
  write('low', 'var/lib/dpkg/status.d/curl.md5sums', `${md5('curl')}  usr/bin/curl\n`)
  write('low', 'var/lib/dpkg/status.d/curl', 'Package: curl\nVersion: 8\n')
  expect(await explain('/usr/bin/curl')).toEqual({ '/usr/bin/curl': 'It belongs to the package curl 8 and has its original content.' })
})

test('reads the database of Alpine', async () => {
  const sha1 = createHash('sha1').update('curl').digest('base64')
  write('low', 'lib/apk/db/installed', 'P:musl\nV:1\n\n')
  write('top', 'lib/apk/db/installed', `P:curl\nV:8.5-r0\nF:usr/bin\nR:curl\na:0:0:755\nZ:Q1${sha1}\nR:ls\n\nP:other\nV:1\nF:opt\n\n`)
  expect(await explain('/usr/bin/curl', '/usr/bin/ls', '/opt/miner')).toEqual({
    '/usr/bin/curl': 'It belongs to the package curl 8.5-r0 and has its original content.',
    '/usr/bin/ls': 'It belongs to the package curl 8.5-r0.',
    '/opt/miner': 'It belongs to no package of the image.',
  })
})

test('explains nothing without a database, and survives a damaged one', async () => {
  expect(await explain('/usr/bin/curl')).toEqual({})
  write('low', 'var/lib/dpkg/info/curl.md5sums', '\xff\0 no checksums\n  usr/bin/curl\n')
  expect(await explain('/usr/bin/curl')).toEqual({ '/usr/bin/curl': 'It belongs to no package of the image.' })
})
