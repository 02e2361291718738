import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PackageReader } from '@guardimesh/scanner/engines/obfuscation/package-reader.js'
import { requireOwnUid, requirePeerUid } from '@guardimesh/scanner/node/peer-credentials.js'
import { PackageScanner } from '@guardimesh/scanner/processes/obfuscation-scanner/packages/package-scanner.js'
import { servePackages } from '@guardimesh/scanner/processes/obfuscation-scanner/packages/serve-packages.js'
import { explainFiles } from '@guardimesh/scanner/sources/packages/explain-files.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  buildRpmHeader,
  buildRpmNdb,
  buildRpmSqlite,
  rpmTags,
} from '../../src/processes/obfuscation-scanner/packages/rpm-database.fixture.js'
import { never, quietLog } from '../engines/fixtures.js'

const OTHER_UID = 65_613
let sockets: string
let packages: PackageScanner
const servers: Server[] = []
const serve = async (name: string, clientUid: number) =>
  servers.push(await servePackages({ socketPath: join(sockets, name), packages, clientUid, log: quietLog }))
beforeAll(async () => {
  sockets = mkdtempSync(join(tmpdir(), 'gm-packages-sockets-'))
  packages = new PackageScanner()
  await serve('packages.sock', process.getuid?.() ?? 0)
  await serve('other-client.sock', OTHER_UID)
})
afterAll(async () => {
  for (const server of servers) server.close()
  await packages[Symbol.asyncDispose]()
  rmSync(sockets, { recursive: true })
})
const readerOf = (socket: string, checkPeer = requireOwnUid()) =>
  new PackageReader({ socketPath: join(sockets, socket), checkPeer, timeoutMs: 20_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-packages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(layer: string, path: string, content: string | Buffer): void {
  const file = join(folder, layer, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
const md5 = (content: string) => createHash('md5').update(content).digest('hex')
async function explainWith(packageReader: PackageReader, ...paths: string[]) {
  const options = { hostRoot: '/', packageReader, log: quietLog }
  return Object.fromEntries(await explainFiles(options, [join(folder, 'top'), join(folder, 'low')], paths, never))
}
const explain = (...paths: string[]) => explainWith(readerOf('packages.sock'), ...paths)

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

describe('RPM', () => {
  const header = buildRpmHeader(
    rpmTags({
      ...{ name: 'coreutils', version: '8.32', release: '34.el9', arch: 'x86_64' },
      files: { '/usr/bin/curl': 'curl', '/bin/ls': 'ls', '/usr/bin/link': undefined },
    }),
  )
  const EXPLAINED = {
    '/usr/bin/curl': 'It belongs to the package coreutils 8.32-34.el9.x86_64 and has its original content.',
    '/usr/bin/ls': 'It belongs to the package coreutils 8.32-34.el9.x86_64, but differs from its original content.',
    '/usr/bin/link': 'It belongs to the package coreutils 8.32-34.el9.x86_64.',
    '/opt/miner': 'It belongs to no package of the image.',
  }
  const failed = { '/usr/bin/curl': 'The RPM database of the image was not read: reading it failed.' }
  const sqlite = () => buildRpmSqlite(join(folder, 'rpmdb.sqlite'), [header])

  test.each([
    { path: 'usr/lib/sysimage/rpm/rpmdb.sqlite', build: sqlite },
    { path: 'var/lib/rpm/rpmdb.sqlite', build: sqlite },
    { path: 'usr/lib/sysimage/rpm/Packages.db', build: () => buildRpmNdb([header]) },
  ])('names the package of a file, by $path', async ({ path, build }) => {
    write('low', path, await build())
    expect(await explain(...Object.keys(EXPLAINED))).toEqual(EXPLAINED)
  })

  test('reports a database of Berkeley DB as not read', async () => {
    write('low', 'var/lib/rpm/Packages', 'hash')
    const expected = 'The RPM database of the image was not read: its Berkeley DB format is not supported.'
    expect(await explain('/usr/bin/curl')).toEqual({ '/usr/bin/curl': expected })
  })

  test('reports a damaged or too large database as not read, and reads the next one', async () => {
    const path = 'var/lib/rpm/rpmdb.sqlite'
    write('low', path, (await sqlite()).subarray(0, 5000))
    expect(await explain('/usr/bin/curl')).toEqual(failed)
    write('low', path, await sqlite())
    truncateSync(join(folder, 'low', path), 257 * 1024 * 1024)
    expect(await explain('/usr/bin/curl')).toEqual(failed)
    write('low', path, await sqlite())
    expect(await explain('/usr/bin/curl')).toEqual({ '/usr/bin/curl': EXPLAINED['/usr/bin/curl'] })
  })

  test('reads databases at the same time in order', async () => {
    write('low', 'var/lib/rpm/rpmdb.sqlite', await sqlite())
    const results = await Promise.all([explain('/usr/bin/curl'), explain('/usr/bin/ls'), explain('/opt/miner')])
    expect(results.map((result) => Object.keys(result)[0])).toEqual(['/usr/bin/curl', '/usr/bin/ls', '/opt/miner'])
    expect(Object.assign({}, ...results)).toMatchObject({ '/opt/miner': EXPLAINED['/opt/miner'] })
  })

  test('does not read a database again that timed out', async () => {
    const hostile = new DatabaseSync(join(folder, 'hostile'))
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)'
    hostile.exec(`CREATE VIEW Packages AS ${numbers} SELECT x'00' AS blob FROM n WHERE i < 0`)
    hostile.close()
    write('low', 'var/lib/rpm/rpmdb.sqlite', readFileSync(join(folder, 'hostile')))
    const reader = readerOf('packages.sock')
    expect(await explainWith(reader, '/usr/bin/curl')).toEqual(failed)
    const startedAtMs = performance.now()
    expect(await explainWith(reader, '/usr/bin/curl')).toEqual(failed)
    expect(performance.now() - startedAtMs).toBeLessThan(2000)
  })

  test.each([
    { name: 'does not run', reader: () => readerOf('missing.sock') },
    { name: 'runs as another user', reader: () => readerOf('packages.sock', requirePeerUid(OTHER_UID)) },
    { name: 'refuses the user of the scanner', reader: () => readerOf('other-client.sock') },
  ])('is not read when the obfuscation scanner $name', async ({ reader }) => {
    write('low', 'var/lib/rpm/rpmdb.sqlite', await sqlite())
    expect(await explainWith(reader(), '/usr/bin/curl')).toEqual(failed)
  })
})
