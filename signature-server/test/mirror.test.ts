import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspectContainer } from '@guardimesh/signature-format'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { type FreshclamRun, runFreshclam } from './freshclam.js'
import { type RunningServer, startServer } from './running-server.js'
import { writeVolume } from './stored-volume.js'

/** Name of a database that freshclam accepts. */
const NAME = 'test'
const FOUR_AT = '2026-11-20T10:00:00.000Z'
const SEVEN_AT = '2026-11-21T10:00:00.000Z'
const THIRD = aSignature('Test.Third')
const THIRD_AT = new Date('2026-11-19T08:00:00Z')

let folder: string
let authority: TestAuthority
let server: RunningServer
let four: Buffer = Buffer.alloc(0)
let seven: Buffer = Buffer.alloc(0)

beforeAll(async () => {
  folder = await temporaryFolder('signature-mirror')
  authority = await createAuthority('mirror')
  four = madeAt(await buildContainer(folder, NAME, { version: 4 }), FOUR_AT)
  seven = madeAt(await buildContainer(folder, NAME, { version: 7 }), SEVEN_AT)
  const volume = join(folder, 'volume')
  const updated = `${NAME}.cld`
  await writeVolume(volume, [
    { generation: 'old-form', clamav: { 'ours.cud': seven, 'ours.ndb': THIRD }, builtAt: { 'ours.cud': SEVEN_AT } },
    { generation: 'updated', clamav: { [updated]: seven }, sources: { [updated]: seven }, builtAt: { [updated]: SEVEN_AT } },
    {
      generation: 'complete',
      clamav: { [`${NAME}.cvd`]: seven },
      sources: { [`${NAME}.cvd`]: seven, [`${NAME}-8.cdiff`]: 'a delta', [`${NAME}-7.cvd.sign`]: 'a signature', 'third.ndb': THIRD },
      builtAt: { [`${NAME}.cvd`]: SEVEN_AT },
    },
  ])
  await utimes(join(volume, 'generations/complete/sources/third.ndb'), THIRD_AT, THIRD_AT)
  server = await startServer({ folder, authority, volume })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

/** Sets the build time in the header of an unsigned container. */
function madeAt(container: Buffer, at: string): Buffer {
  const header = container.subarray(0, 512).toString('latin1').trimEnd()
  const seconds = Date.parse(at) / 1000
  return Buffer.concat([Buffer.from(header.replace(/\d+$/, String(seconds)).padEnd(512), 'latin1'), container.subarray(512)])
}

const rollBackTo = async (generation: string) => expect((await server.send('POST', '/v1/rollback', { generation })).status).toBe(200)
const freshclam = (place: string, run: Pick<FreshclamRun, 'mirror'> & Partial<FreshclamRun>) =>
  runFreshclam({ folder: join(folder, place), url: server.url, caFile: server.caFile, ...run })
async function startWith(place: string, name: string, content: Buffer): Promise<void> {
  await mkdir(join(folder, place, 'db'), { recursive: true })
  await writeFile(join(folder, place, 'db', name), content)
}
const databasesIn = async (place: string) => (await readdir(join(folder, place, 'db'))).filter((name) => name !== 'freshclam.dat')

const contentSha256 = async (file: string) => (await inspectContainer(file, new AbortController().signal)).contentSha256

describe('over HTTP', () => {
  test('sends the build time of a database as Last-Modified, not the time of its import', async () => {
    const answer = await server.get(`/${NAME}.cvd`)
    expect(answer).toMatchObject({ status: 200, body: seven })
    expect(answer.headers).toMatchObject({
      ...{ 'last-modified': new Date(SEVEN_AT).toUTCString(), 'accept-ranges': 'bytes', 'cache-control': 'no-cache' },
      etag: `"${createHash('sha256').update(seven).digest('hex')}"`,
    })
  })

  test('serves the header alone, as freshclam requests it', async () => {
    const answer = await server.get(`/${NAME}.cvd`, { range: 'bytes=0-511' })
    expect(answer).toMatchObject({ status: 206, headers: { 'content-range': `bytes 0-511/${seven.length}` } })
    expect(answer.body.equals(seven.subarray(0, 512))).toBe(true)
    expect((await server.get(`/${NAME}.cvd`, {}, 'HEAD')).headers['content-length']).toBe(String(seven.length))
  })

  test.each([
    { name: 'the same time', headers: { 'if-modified-since': new Date(SEVEN_AT).toUTCString() }, status: 304 },
    { name: 'a later time', headers: { 'if-modified-since': new Date().toUTCString() }, status: 304 },
    { name: 'an earlier time', headers: { 'if-modified-since': new Date(FOUR_AT).toUTCString() }, status: 200 },
    { name: 'no time', headers: { 'if-modified-since': 'yesterday' }, status: 200 },
    {
      name: 'an ETag, which takes precedence',
      headers: { 'if-none-match': '"x"', 'if-modified-since': new Date().toUTCString() },
      status: 200,
    },
    { name: 'a range of that time', headers: { range: 'bytes=1-2', 'if-range': new Date(SEVEN_AT).toUTCString() }, status: 206 },
    { name: 'a range of another', headers: { range: 'bytes=1-2', 'if-range': new Date(FOUR_AT).toUTCString() }, status: 200 },
  ])('responds with $status to $name', async ({ headers, status }) => {
    expect((await server.get(`/${NAME}.cvd`, headers as Record<string, string>)).status).toBe(status)
  })

  test('serves imported deltas and signatures unchanged, and 404 for others', async () => {
    expect((await server.get(`/${NAME}-8.cdiff`)).body.toString()).toBe('a delta')
    expect((await server.get(`/${NAME}-7.cvd.sign`)).body.toString()).toBe('a signature')
    for (const path of [
      `/${NAME}.cld`,
      `/${NAME}-7.cdiff`,
      '/sources.json',
      '/manifest.json',
      '/state.json',
      '/roll-out.json',
      '/..%2fcurrent',
    ])
      expect({ path, status: (await server.get(path)).status }).toEqual({ path, status: 404 })
  })

  test('sends the import time of loose files as Last-Modified', async () => {
    const answer = await server.get('/third.ndb')
    expect(answer).toMatchObject({ status: 200, headers: { 'last-modified': THIRD_AT.toUTCString() } })
    expect(answer.body.toString()).toBe(THIRD)
  })

  test('serves no .cvd for an updated database, and the manifest files of an old generation', async () => {
    await rollBackTo('updated')
    expect((await server.get(`/${NAME}.cld`)).status).toBe(200)
    expect((await server.get(`/${NAME}.cvd`)).status).toBe(404)
    const header = await server.get(`/${NAME}.cvd`, { range: 'bytes=0-511' })
    expect({ status: header.status, bytes: header.body.length }).toEqual({ status: 206, bytes: 512 })
    expect((await server.get(`/${NAME}.cvd`, { 'if-modified-since': new Date(SEVEN_AT).toUTCString(), range: 'bytes=0-511' })).status).toBe(
      304,
    )
    await rollBackTo('old-form')
    expect((await server.get('/ours.cud')).headers['last-modified']).toBe(new Date(SEVEN_AT).toUTCString())
    expect((await server.get('/ours.ndb')).body.toString()).toBe(THIRD)
    await rollBackTo('complete')
  })
})

describe("Debian's freshclam", () => {
  test.each([
    { mirror: 'DatabaseMirror', slash: '' },
    { mirror: 'PrivateMirror', slash: '' },
    { mirror: 'DatabaseMirror', slash: '/' },
    { mirror: 'PrivateMirror', slash: '/' },
  ] as const)('$mirror ADDRESS$slash: detects that the database is up to date', async ({ mirror, slash }) => {
    const place = `same-${mirror}-${slash.length}`
    await startWith(place, `${NAME}.cvd`, seven)
    const { exitCode, output } = await freshclam(place, { mirror, databases: [NAME], url: `${server.url}${slash}` })
    expect(output).toContain('up-to-date, according to HTTP response code')
    expect(output).toMatch(/test\.cvd database is up-to-date \(version: 7/)
    expect(exitCode, output).toBe(0)
  })

  test.each(['DatabaseMirror', 'PrivateMirror'] as const)(
    '%s: downloads a new database completely and rejects it as unsigned',
    async (mirror) => {
      const { exitCode, output } = await freshclam(`new-${mirror}`, { mirror, databases: [NAME] })
      expect(output).toContain('test database version obtained using HTTP GET: 7')
      expect(output).toContain(`Retrieving ${server.url}/test.cvd`)
      expect(output).toContain("Can't verify database integrity")
      expect(exitCode).not.toBe(0)
    },
  )

  test('DatabaseMirror: requests a delta, and the full database if the delta is missing', async () => {
    // A .cld, because freshclam unpacks a .cvd only if it is signed.
    await startWith('delta', `${NAME}.cld`, four)
    const { output } = await freshclam('delta', { mirror: 'DatabaseMirror', databases: [NAME] })
    expect(output).toContain('local version: 4, remote version: 7')
    const asked = [...output.matchAll(/^Retrieving (https:\S+)/gm)].map(([, url]) => url?.replace(server.url, ''))
    expect(asked).toEqual(['/test-5.cdiff', '/test.cvd'])
    expect(output).toContain("Can't verify database integrity")
  })

  test('DatabaseCustomURL: downloads, tests and uses third-party databases', async () => {
    const customUrls = [`${server.url}/third.ndb`]
    const { exitCode, output } = await freshclam('custom', { mirror: 'PrivateMirror', customUrls })
    expect(output).toContain('third.ndb updated (version: custom database, sigs: 1)')
    expect(exitCode, output).toBe(0)
    expect(await readFile(join(folder, 'custom/db/third.ndb'), 'utf8')).toBe(THIRD)
  })
})

/** freshclam verifies downloads from the mirror itself. */
describe('with signed databases', () => {
  let signed: RunningServer

  beforeAll(async () => {
    signed = await startServer({ folder, authority, volume: join(folder, 'signed'), env: { STARTER_FOLDER: join(folder, 'none') } })
    await copyFile(signedDatabase('test-1.cvd'), join(signed.volume, 'incoming', 'test.cvd'))
    expect(await signed.ended('test.cvd')).toMatchObject({ state: 'published' })
  })
  afterAll(() => signed.end('SIGTERM'))

  const run = (mirror: FreshclamRun['mirror']) =>
    runFreshclam({ folder: join(folder, `signed-${mirror}`), url: signed.url, caFile: signed.caFile, mirror, databases: [NAME] })

  async function importDeltas(from: number, to: number): Promise<void> {
    for (let version = from; version <= to; version++)
      await copyFile(signedDatabase(`test-${version}.cdiff`), join(signed.volume, 'incoming', `test-${version}.cdiff`))
    const { state, message } = await signed.ended(`test-${to}.cdiff`)
    expect({ state, message }).toEqual({ state: 'published', message: '' })
  }

  /** Asserts that freshclam has the content of the full database of ClamAV's authors. */
  async function expectVersion(mirror: FreshclamRun['mirror'], version: number): Promise<void> {
    const [name = '', ...others] = await databasesIn(`signed-${mirror}`)
    expect(others).toEqual([])
    expect(await contentSha256(join(folder, `signed-${mirror}`, 'db', name))).toBe(
      await contentSha256(signedDatabase(`test-${version}.cvd`)),
    )
  }

  test('serves the first database, then single deltas, several deltas and full databases', async () => {
    for (const mirror of ['DatabaseMirror', 'PrivateMirror'] as const) {
      expect((await run(mirror)).output).toContain('test.cvd updated (version: 1')
      await expectVersion(mirror, 1)
    }
    await importDeltas(2, 2)
    const updated = await run('DatabaseMirror')
    expect(updated.output).toContain('test.cld updated (version: 2')
    expect(retrieved(updated.output)).toEqual(['/test-2.cdiff'])
    await importDeltas(3, 6)
    const further = await run('DatabaseMirror')
    expect(further.output).toContain('test.cld updated (version: 6')
    expect(retrieved(further.output)).toEqual([3, 4, 5, 6].map((version) => `/test-${version}.cdiff`))
    const full = await run('PrivateMirror')
    expect(full.output).toContain('test.cld updated (version: 6')
    expect(retrieved(full.output)).toEqual(['/test.cld'])
    for (const mirror of ['DatabaseMirror', 'PrivateMirror'] as const) {
      await expectVersion(mirror, 6)
      expect((await run(mirror)).output).toContain('is up-to-date (version: 6')
    }
  })

  const retrieved = (output: string) => [...output.matchAll(/^Retrieving (https:\S+)/gm)].map(([, url]) => url?.replace(signed.url, ''))
})
