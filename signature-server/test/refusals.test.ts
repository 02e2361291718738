import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from './databases.js'
import { rawContainer } from './raw-container.js'
import { type RunningServer, startServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const BUNDLE = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const TOOL = 'echo this tool is harmless\n'
const DATABASE = { name: 'x.ndb', content: aSignature('Test.Raw') }
/** 280 characters of base64, as a signature of ClamAV's authors has them. */
const NO_SIGNATURE = 'TFd9RBeu6wZSIpZwpONrJhe9smcPtzwDgZcAV7ktFxr'.repeat(8).slice(0, 342)
const inHex = (text: string) => Buffer.from(text).toString('hex')

let folder: string
let authority: TestAuthority
let trusted: string
const key = aKeyPair()

beforeAll(async () => {
  folder = await temporaryFolder('signature-refusals')
  authority = await createAuthority('refusals')
  trusted = trust(join(folder, 'trusted'), key)
  await writeStarterSet(folder)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

/** A server of its own with one harmless file in its golden set, ready. */
async function aServer(volume: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ folder, authority, volume: join(folder, volume), env: { TRUSTED_KEYS_FOLDER: trusted, ...env } })
  await mkdir(join(server.volume, 'golden', 'bin'), { recursive: true })
  await writeFile(join(server.volume, 'golden', 'bin', 'tool'), TOOL)
  await vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 40_000, interval: 50 })
  return server
}

interface Expected {
  readonly check: string
  readonly says: RegExp
}

/** Puts files in and expects that the first is refused with that reason, and that nothing else changes. */
async function expectRefused(server: RunningServer, files: Record<string, string | Buffer>, { check, says }: Expected) {
  const before = await server.catalog()
  await server.put(files)
  const [first = ''] = Object.keys(files).filter((name) => !name.endsWith('.allow-downgrade'))
  const refused = await server.ended(first)
  expect(refused).toMatchObject({ state: 'refused', check, message: expect.stringMatching(says), generation: '' })
  const kept = join(server.volume, 'refused', refused.importId)
  expect(await readFile(join(kept, 'reason.txt'), 'utf8')).toBe(`${refused.message}\n`)
  expect(existsSync(join(kept, first))).toBe(true)
  await expectStillServed(server, before)
  return refused
}

async function expectStillServed(server: RunningServer, before: Awaited<ReturnType<RunningServer['catalog']>>) {
  expect(await server.catalog()).toEqual(before)
  expect(await readlink(join(server.volume, 'current'))).toContain(before.generation)
  for (const { path, sizeBytes } of before.files)
    expect((await server.get(`/v1/generations/${before.generation}/${path}`)).body.length).toBe(sizeBytes)
  const drafts = (await readdir(join(server.volume, 'generations'))).filter((name) => name.startsWith('.'))
  expect(drafts).toEqual([])
}

describe('as it is set up by default', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await aServer('default')
    await server.put({ 'known.cud': await buildContainer(folder, 'known', { version: 7 }) })
    expect(await server.ended('known.cud')).toMatchObject({ state: 'published' })
  })
  afterAll(async () => void (await server.end('SIGTERM')))

  test.each([
    {
      name: 'a .cvd that claims a signature',
      files: () => ({ 'claims.cvd': rawContainer({ members: [DATABASE], signature: NO_SIGNATURE }) }),
      check: 'digital-signature',
      says: /^claims\.cvd does not carry a valid signature of ClamAV's authors/,
    },
    {
      name: 'an older version',
      files: async () => ({ 'older/known.cud': await buildContainer(folder, 'known', { version: 6 }) }),
      check: 'version',
      says: /known\.cud has version 6.* has 7.*allow-downgrade/,
    },
    {
      name: 'a member that leads elsewhere',
      files: () => ({ 'climbs.cud': rawContainer({ members: [{ name: '../../etc/evil', content: 'x' }] }) }),
      check: 'archive',
      says: /^climbs\.cud .*"\.\.\/\.\.\/etc\/evil", which is no plain name/,
    },
    {
      name: 'a member that is a link',
      files: () => ({ 'links.cud': rawContainer({ members: [{ name: 'passwd', content: '', type: '2' }] }) }),
      check: 'archive',
      says: /^links\.cud .*"passwd" is a symlink, not a file/,
    },
    {
      name: 'a member that is there twice',
      files: () => ({ 'twice.cud': rawContainer({ members: [DATABASE, DATABASE] }) }),
      check: 'archive',
      says: /"x\.ndb" twice/,
    },
    {
      name: 'more members than a database has',
      files: () => ({ 'many.cud': rawContainer({ members: Array.from({ length: 401 }, (_, n) => ({ name: `m${n}`, content: '' })) }) }),
      check: 'archive',
      says: /more than 400 members/,
    },
    {
      name: 'a decompression bomb',
      files: () => ({ 'bomb.cud': rawContainer({ members: [{ name: 'x.ndb', content: Buffer.alloc(80 * 1024 * 1024) }] }) }),
      check: 'archive',
      says: /^bomb\.cud .*decompression bomb/,
    },
    {
      name: 'a .cld that was cut',
      files: () => ({ 'cut.cld': rawContainer({ members: [DATABASE] }).subarray(0, -30) }),
      check: 'archive',
      says: /^cut\.cld .*archive cannot be read/,
    },
    {
      name: 'an increment of what is not here',
      files: () => ({ 'absent-3.cdiff': 'x' }),
      check: 'increment',
      says: /version 2 of absent to 3, but there is no absent here.*full absent\.cvd/,
    },
    {
      name: 'an increment that leaves versions out',
      files: () => ({ 'known-10.cdiff': 'x' }),
      check: 'increment',
      says: /from version 9 of known to 10, but known\.cud has version 7 here\. Bring known-8\.cdiff to known-9\.cdiff too/,
    },
    {
      name: 'an increment that nobody signed',
      files: () => ({ 'known-8.cdiff': 'ClamAV-Diff:8:3:abcABC' }),
      check: 'increment',
      says: /^known-8\.cdiff cannot be applied to known\.cud: /,
    },
    {
      name: 'an increment to what is here already that nobody signed',
      files: () => ({ 'known-7.cdiff': 'ClamAV-Diff:7:3:abcABC' }),
      check: 'increment',
      says: /^known-7\.cdiff is not signed by ClamAV's authors/,
    },
    {
      name: 'a detached signature without its file',
      files: () => ({ 'known-8.cvd.sign': '#clamsign' }),
      check: 'digital-signature',
      says: /known-8\.cvd\.sign comes without the file/,
    },
    {
      name: 'a hash list with a bad line',
      files: () => ({ 'bad.csv': `sha256,name\n${'ab'.repeat(32)},Evil.One\nnothing,Evil.Two\n` }),
      check: 'hash-list',
      says: /^bad\.csv, line 3: it has no SHA-256/,
    },
    {
      name: 'a hash list without line ends',
      files: () => ({ 'long.hashes': 'a'.repeat(10_000) }),
      check: 'hash-list',
      says: /^long\.hashes, line 1: it is longer than 4096 bytes/,
    },
    {
      name: 'YARA rules for ClamAV with a syntax error',
      files: () => ({ 'broken.yar': 'rule Good { condition: false }\nrule Bad {\n  strings: $a = "x"\n  condition: $b\n}\n' }),
      check: 'rules',
      says: /^broken\.yar does not load into ClamAV: line 5: undefined string "\$b"\. /,
    },
    {
      name: 'a name of the custom signatures',
      files: () => ({ 'guardimesh-custom.ign2': 'Test.Starter\n' }),
      check: 'name',
      says: /guardimesh-custom\.ign2: a name that Guardimesh gives/,
    },
    {
      name: 'two forms of one database',
      files: () => ({ 'known.cvd': 'x', 'known.cld': 'x' }),
      check: 'name',
      says: /known\.cld, known\.cvd: .*several forms of one database/,
    },
    {
      name: 'a signature that hits the golden set',
      files: () => ({ 'greedy.ndb': `Test.Greedy:0:*:${inHex('tool is harmless')}\n` }),
      check: 'golden-set',
      says: /The signature Test\.Greedy\.UNOFFICIAL calls the harmless file \S+\/golden\/bin\/tool infected\. Leave its file out, ignore the signature, or take the file out of the golden set/,
    },
    {
      name: 'a YARA rule that hits the golden set',
      files: () => ({ 'yara/greedy.yar': 'rule Greedy { strings: $a = "tool is harmless" condition: $a }\n' }),
      check: 'golden-set',
      says: /The signature Greedy calls the harmless file \S+\/golden\/bin\/tool infected/,
    },
    {
      name: 'a bundle that nobody signed whom we trust',
      files: async () => ({
        [`stranger/${BUNDLE}`]: await rawSignatureBundle({
          key: aKeyPair(),
          entries: [{ path: 'clamav/a.ndb', content: Buffer.from('x') }],
        }),
      }),
      check: 'bundle-signature',
      says: /signed/,
    },
    {
      name: 'a bundle with a path that leads elsewhere',
      files: async () => ({
        [`climbs/${BUNDLE}`]: await rawSignatureBundle({ key, entries: [{ path: 'clamav/../../evil.ndb', content: Buffer.from('x') }] }),
      }),
      check: 'bundle',
      says: /must be clamav\/NAME or yara\/NAME|list/,
    },
  ])('refused: $name', async ({ files, ...expected }) => {
    await expectRefused(server, await files(), expected)
  })

  test('two imports at once follow each other, and both are kept', async () => {
    await Promise.all([
      server.put({ 'one.ndb': aSignature('Test.At.Once.1') }),
      server.put({ 'stick/two.ndb': aSignature('Test.At.Once.2') }),
    ])
    expect(await server.ended('one.ndb')).toMatchObject({ state: 'published' })
    expect(await server.ended('stick/two.ndb')).toMatchObject({ state: 'published' })
    const paths = (await server.catalog()).files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['clamav/one.ndb', 'clamav/two.ndb']))
  })

  test('a signed bundle is taken as a whole, and says who signed it', async () => {
    const entries = [
      { path: 'clamav/bundled.ndb', content: Buffer.from(aSignature('Test.Bundled')) },
      { path: 'yara/bundled.yar', content: Buffer.from('rule Bundled { condition: false }\n') },
    ]
    await server.put({ [BUNDLE]: await rawSignatureBundle({ key, entries }) })
    expect(await server.ended(BUNDLE)).toMatchObject({ state: 'published', signedBy: key.fingerprint })
    expect((await server.catalog()).files.map(({ path }) => path)).toEqual(expect.arrayContaining(entries.map(({ path }) => path)))
    const older = await rawSignatureBundle({ key, entries, createdAt: '2026-11-20T00:00:00.000Z' })
    await expectRefused(server, { [`older/${BUNDLE}`]: older }, { check: 'bundle', says: /packed at 2026-11-20/ })
  })
})

describe('when only signed files are taken', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await aServer('signed', { UNSIGNED_FILES: 'refuse' })
  })
  afterAll(async () => void (await server.end('SIGTERM')))

  test.each([
    { file: 'loose.ndb', content: () => aSignature('Test.Loose') },
    { file: 'yara/loose.yar', content: () => 'rule Loose { condition: false }\n' },
    { file: 'list.hashes', content: () => `${'ab'.repeat(32)} Evil.One\n` },
    { file: 'ours.cud', content: () => buildContainer(folder, 'ours', { version: 1 }) },
  ])('refused: $file', async ({ file, content }) => {
    await expectRefused(
      server,
      { [file]: await content() },
      { check: 'unsigned', says: /carries no signature that can be proven.*signatures pack/ },
    )
  })

  test('what comes in a signed bundle is taken', async () => {
    const entries = [{ path: 'clamav/site.hashes', content: Buffer.from(`${'ab'.repeat(32)} Evil.One\n`) }]
    await server.put({ [BUNDLE]: await rawSignatureBundle({ key, entries }) })
    expect(await server.ended(BUNDLE)).toMatchObject({ state: 'published' })
    expect((await server.catalog()).files).toContainEqual(expect.objectContaining({ path: 'clamav/site.hsb', signatures: 1 }))
  })
})

/** Each line takes ClamAV some 25 ms and 9 MiB to load. */
const slowDatabase = (lines: number) =>
  Array.from({ length: lines }, (_, n) => `Test.Slow.${n}:CL_TYPE_ZIP:*:((a{1,60}){1,60}){1,60}x${n}:*:*:*:*:*:*\n`).join('')

test('refused: a database that the loader never gets done with', async () => {
  await using server = await aServer('hangs', { TEST_LOAD_SECONDS: '5' })
  await expectRefused(
    server,
    { 'hangs.cdb': slowDatabase(2000) },
    { check: 'test-load', says: /clamscan was not done in 5000 ms|bytes of memory/ },
  )
})

test('refused: a database that takes more memory than there is', async () => {
  await using server = await aServer('memory', { TEST_LOAD_MEMORY_MIB: '200' })
  await expectRefused(server, { 'greedy.cdb': slowDatabase(500) }, { check: 'test-load', says: /more than 209715200 bytes of memory/ })
})

test('refused: a database with which the loader crashes', async () => {
  await using server = await aServer('crashes')
  const before = await server.catalog()
  await server.put({ 'crashes.cdb': slowDatabase(300) })
  const loaderId = await vi.waitFor(() => loaderOf(server.volume), { timeout: 40_000, interval: 20 })
  process.kill(loaderId, 'SIGSEGV')
  expect(await server.ended('crashes.cdb')).toMatchObject({
    state: 'refused',
    check: 'test-load',
    message: expect.stringMatching(/clamscan (was killed|ended)/),
  })
  await expectStillServed(server, before)
})

/** Process id of the clamscan that loads a draft of that volume. */
async function loaderOf(volume: string): Promise<number> {
  for (const processId of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '')
    if (command.startsWith('clamscan') && command.includes(volume)) return Number(processId)
  }
  throw new Error('no clamscan is loading')
}
