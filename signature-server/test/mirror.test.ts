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

/** freshclam looks for databases of names that it knows; this is one of them. */
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
      generation: 'whole',
      clamav: { [`${NAME}.cvd`]: seven },
      sources: { [`${NAME}.cvd`]: seven, [`${NAME}-8.cdiff`]: 'a step', [`${NAME}-7.cvd.sign`]: 'a signature', 'third.ndb': THIRD },
      builtAt: { [`${NAME}.cvd`]: SEVEN_AT },
    },
  ])
  await utimes(join(volume, 'generations/whole/sources/third.ndb'), THIRD_AT, THIRD_AT)
  server = await startServer({ folder, authority, volume })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

/** A container whose header says another time; it is not signed anyhow. */
function madeAt(container: Buffer, at: string): Buffer {
  const header = container.subarray(0, 512).toString('latin1').trimEnd()
  const seconds = Date.parse(at) / 1000
  return Buffer.concat([Buffer.from(header.replace(/\d+$/, String(seconds)).padEnd(512), 'latin1'), container.subarray(512)])
}

const goTo = async (generation: string) => expect((await server.send('POST', '/v1/rollback', { generation })).status).toBe(200)
const freshclam = (place: string, run: Pick<FreshclamRun, 'mirror'> & Partial<FreshclamRun>) =>
  runFreshclam({ folder: join(folder, place), url: server.url, caFile: server.caFile, ...run })
async function startWith(place: string, name: string, content: Buffer): Promise<void> {
  await mkdir(join(folder, place, 'db'), { recursive: true })
  await writeFile(join(folder, place, 'db', name), content)
}
const databasesIn = async (place: string) => (await readdir(join(folder, place, 'db'))).filter((name) => name !== 'freshclam.dat')

const contentSha256 = async (file: string) => (await inspectContainer(file, new AbortController().signal)).contentSha256

describe('over HTTP', () => {
  test('a database tells when it was made, whenever it was brought in', async () => {
    const answer = await server.get(`/${NAME}.cvd`)
    expect(answer).toMatchObject({ status: 200, body: seven })
    expect(answer.headers).toMatchObject({
      ...{ 'last-modified': new Date(SEVEN_AT).toUTCString(), 'accept-ranges': 'bytes', 'cache-control': 'no-cache' },
      etag: `"${createHash('sha256').update(seven).digest('hex')}"`,
    })
  })

  test('the header alone, as freshclam asks for it', async () => {
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
    { name: 'an ETag, which counts more', headers: { 'if-none-match': '"x"', 'if-modified-since': new Date().toUTCString() }, status: 200 },
    { name: 'a range of that time', headers: { range: 'bytes=1-2', 'if-range': new Date(SEVEN_AT).toUTCString() }, status: 206 },
    { name: 'a range of another', headers: { range: 'bytes=1-2', 'if-range': new Date(FOUR_AT).toUTCString() }, status: 200 },
  ])('$name: $status', async ({ headers, status }) => {
    expect((await server.get(`/${NAME}.cvd`, headers as Record<string, string>)).status).toBe(status)
  })

  test('deltas and signatures come as they were brought; what is not there is 404', async () => {
    expect((await server.get(`/${NAME}-8.cdiff`)).body.toString()).toBe('a step')
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

  test('loose files tell when they were brought in', async () => {
    const answer = await server.get('/third.ndb')
    expect(answer).toMatchObject({ status: 200, headers: { 'last-modified': THIRD_AT.toUTCString() } })
    expect(answer.body.toString()).toBe(THIRD)
  })

  test('of an updated database there is no .cvd; an old generation gives what its nodes load', async () => {
    await goTo('updated')
    expect((await server.get(`/${NAME}.cld`)).status).toBe(200)
    expect((await server.get(`/${NAME}.cvd`)).status).toBe(404)
    const header = await server.get(`/${NAME}.cvd`, { range: 'bytes=0-511' })
    expect({ status: header.status, bytes: header.body.length }).toEqual({ status: 206, bytes: 512 })
    expect((await server.get(`/${NAME}.cvd`, { 'if-modified-since': new Date(SEVEN_AT).toUTCString(), range: 'bytes=0-511' })).status).toBe(
      304,
    )
    await goTo('old-form')
    expect((await server.get('/ours.cud')).headers['last-modified']).toBe(new Date(SEVEN_AT).toUTCString())
    expect((await server.get('/ours.ndb')).body.toString()).toBe(THIRD)
    await goTo('whole')
  })
})

describe("Debian's freshclam", () => {
  test.each(['DatabaseMirror', 'PrivateMirror'] as const)('%s: it sees the version, and has it already', async (mirror) => {
    const place = `same-${mirror}`
    await startWith(place, `${NAME}.cvd`, seven)
    const { exitCode, output } = await freshclam(place, { mirror, databases: [NAME] })
    expect(output).toContain('up-to-date, according to HTTP response code')
    expect(output).toMatch(/test\.cvd database is up-to-date \(version: 7/)
    expect(exitCode, output).toBe(0)
  })

  test.each(['DatabaseMirror', 'PrivateMirror'] as const)(
    '%s: a new one is downloaded whole, and refused as nobody signed it',
    async (mirror) => {
      const { exitCode, output } = await freshclam(`new-${mirror}`, { mirror, databases: [NAME] })
      expect(output).toContain('test database version obtained using HTTP GET: 7')
      expect(output).toContain(`Retrieving ${server.url}/test.cvd`)
      expect(output).toContain("Can't verify database integrity")
      expect(exitCode).not.toBe(0)
    },
  )

  test('DatabaseMirror: with an older version it asks for the delta; where there is none, for the whole database', async () => {
    // An updated database: freshclam takes a .cvd apart only when it is signed.
    await startWith('step', `${NAME}.cld`, four)
    const { output } = await freshclam('step', { mirror: 'DatabaseMirror', databases: [NAME] })
    expect(output).toContain('local version: 4, remote version: 7')
    const asked = [...output.matchAll(/^Retrieving (https:\S+)/gm)].map(([, url]) => url?.replace(server.url, ''))
    expect(asked).toEqual(['/test-5.cdiff', '/test.cvd'])
    expect(output).toContain("Can't verify database integrity")
  })

  test('DatabaseCustomURL: databases of others are downloaded, proved by a load, and used', async () => {
    const customUrls = [`${server.url}/third.ndb`]
    const { exitCode, output } = await freshclam('custom', { mirror: 'PrivateMirror', customUrls })
    expect(output).toContain('third.ndb updated (version: custom database, sigs: 1)')
    expect(exitCode, output).toBe(0)
    expect(await readFile(join(folder, 'custom/db/third.ndb'), 'utf8')).toBe(THIRD)
  })
})

/** What freshclam takes from the mirror it proves itself. */
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

  async function bringSteps(from: number, to: number): Promise<void> {
    for (let version = from; version <= to; version++)
      await copyFile(signedDatabase(`test-${version}.cdiff`), join(signed.volume, 'incoming', `test-${version}.cdiff`))
    const { state, message } = await signed.ended(`test-${to}.cdiff`)
    expect({ state, message }).toEqual({ state: 'published', message: '' })
  }

  /** What freshclam has is what its authors publish as a whole. */
  async function expectVersion(mirror: FreshclamRun['mirror'], version: number): Promise<void> {
    const [name = '', ...others] = await databasesIn(`signed-${mirror}`)
    expect(others).toEqual([])
    expect(await contentSha256(join(folder, `signed-${mirror}`, 'db', name))).toBe(
      await contentSha256(signedDatabase(`test-${version}.cvd`)),
    )
  }

  test('both modes take the first one; then each step, several at once, or the whole', async () => {
    for (const mirror of ['DatabaseMirror', 'PrivateMirror'] as const) {
      expect((await run(mirror)).output).toContain('test.cvd updated (version: 1')
      await expectVersion(mirror, 1)
    }
    await bringSteps(2, 2)
    const stepped = await run('DatabaseMirror')
    expect(stepped.output).toContain('test.cld updated (version: 2')
    expect(retrieved(stepped.output)).toEqual(['/test-2.cdiff'])
    await bringSteps(3, 6)
    const further = await run('DatabaseMirror')
    expect(further.output).toContain('test.cld updated (version: 6')
    expect(retrieved(further.output)).toEqual([3, 4, 5, 6].map((version) => `/test-${version}.cdiff`))
    const whole = await run('PrivateMirror')
    expect(whole.output).toContain('test.cld updated (version: 6')
    expect(retrieved(whole.output)).toEqual(['/test.cld'])
    for (const mirror of ['DatabaseMirror', 'PrivateMirror'] as const) {
      await expectVersion(mirror, 6)
      expect((await run(mirror)).output).toContain('is up-to-date (version: 6')
    }
  })

  const retrieved = (output: string) => [...output.matchAll(/^Retrieving (https:\S+)/gm)].map(([, url]) => url?.replace(signed.url, ''))
})
