import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPackages } from './find-packages.js'
import { buildRpmHeader, buildRpmNdb, buildRpmSqlite, rpmTags } from './rpm-database.fixture.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-rpm-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const headers = ['bash', 'curl'].map((name) =>
  buildRpmHeader(
    rpmTags({ name, version: '1', release: '2', arch: 'noarch', files: { [`/usr/bin/${name}`]: name, '/usr/bin/shared': '' } }),
  ),
)
const PATHS = ['/usr/bin/curl', '/usr/bin/shared', '/usr/bin/none']
const EXPECTED = [
  { path: '/usr/bin/shared', name: 'bash', version: '1-2.noarch' },
  { path: '/usr/bin/curl', name: 'curl', version: '1-2.noarch' },
]

/** @returns the result, with the names of files that are left. */
function find(content: Buffer) {
  const file = join(folder, 'database')
  writeFileSync(file, content)
  const fd = openSync(file, 'r')
  try {
    return findPackages(fd, PATHS, join(folder, 'copy'))
  } finally {
    closeSync(fd)
    rmSync(file)
    rmSync(join(folder, 'copy'), { force: true })
  }
}

const sqlite = await buildRpmSqlite(join(tmpdir(), `gm-rpm-${process.pid}.sqlite`), headers)
const ndb = buildRpmNdb(headers)

test.each([
  { name: 'SQLite', content: sqlite },
  { name: 'ndb', content: ndb },
])('finds files in a database of $name', ({ content }) => {
  expect(find(content)).toMatchObject(EXPECTED)
  expect(readdirSync(folder)).toEqual([])
})

/** Writes a database with another schema. */
function sqliteWith(statements: string): Buffer {
  const database = new DatabaseSync(':memory:')
  database.exec(statements)
  const content = Buffer.from(database.serialize())
  database.close()
  return content
}

function changed(content: Buffer, offset: number, value: number): Buffer {
  const copy = Buffer.from(content)
  copy.writeUInt32LE(value, offset)
  return copy
}

test.each([
  { name: 'an unknown format', content: Buffer.from('hash of Berkeley DB'), reason: /unknown format/ },
  { name: 'an empty file', content: Buffer.alloc(0), reason: /unknown format/ },
  { name: 'an SQLite database that ends early', content: sqlite.subarray(0, 5000), reason: /malformed|not a database|disk I\/O/ },
  { name: 'an SQLite database without packages', content: sqliteWith('CREATE TABLE Other (blob BLOB)'), reason: /no such table/ },
  {
    name: 'an SQLite database with text',
    content: sqliteWith("CREATE TABLE Packages (blob BLOB); INSERT INTO Packages VALUES ('text')"),
    reason: /damaged or too large package/,
  },
  {
    name: 'an SQLite database with a huge package',
    content: sqliteWith('CREATE VIEW Packages AS SELECT zeroblob(17 * 1024 * 1024) AS blob'),
    reason: /damaged or too large package/,
  },
  {
    name: 'an SQLite database whose packages are a function',
    content: sqliteWith("CREATE VIEW Packages AS SELECT writefile('x', 'y') AS blob"),
    reason: /no such function/,
  },
  {
    name: 'an SQLite database with too many packages',
    content: sqliteWith(
      "CREATE VIEW Packages AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT x'0000000000000000' AS blob FROM n",
    ),
    reason: /more than 50000 packages/,
  },
  { name: 'an ndb database of another version', content: changed(ndb, 4, 9), reason: /unknown version 9/ },
  { name: 'an ndb database with a huge number of pages', content: changed(ndb, 12, 0xffff_ffff), reason: /wrong number of pages/ },
  { name: 'an ndb database with a damaged slot', content: changed(ndb, 48, 0), reason: /damaged slot/ },
  { name: 'an ndb database with a package after its end', content: changed(ndb, 40, 0xffff_ffff), reason: /unexpected end/ },
  { name: 'an ndb database with a huge package', content: changed(ndb, 4096 + 12, 0xffff_ffff), reason: /too large/ },
])('refuses $name', ({ content, reason }) => expect(() => find(content)).toThrow(reason))
