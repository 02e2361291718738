import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { rawContainer } from './raw-container.js'
import { aGoldenServer, aRoom, expectRefused, type Room } from './refused.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const BUNDLE = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const DATABASE = { name: 'x.ndb', content: aSignature('Test.Raw') }
/** As long as one of ClamAV's authors. */
const NO_SIGNATURE = 'TFd9RBeu6wZSIpZwpONrJhe9smcPtzwDgZcAV7ktFxr'.repeat(8).slice(0, 342)
const inHex = (text: string) => Buffer.from(text).toString('hex')

let room: Room
let trusted: string
const key = aKeyPair()

beforeAll(async () => {
  room = await aRoom('signature-refusals')
  trusted = trust(join(room.folder, 'trusted'), key)
})
afterAll(() => room[Symbol.asyncDispose]())

describe('as it is set up by default', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await aGoldenServer(room, 'default', { TRUSTED_KEYS_FOLDER: trusted })
    await server.put({ 'known.cud': await buildContainer(room.folder, 'known', { version: 7 }) })
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
      files: async () => ({ 'older/known.cud': await buildContainer(room.folder, 'known', { version: 6 }) }),
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
      name: 'an delta of what is not here',
      files: () => ({ 'absent-3.cdiff': 'x' }),
      check: 'delta',
      says: /version 2 of absent to 3, but there is no absent here.*full absent\.cvd/,
    },
    {
      name: 'an delta that leaves versions out',
      files: () => ({ 'known-10.cdiff': 'x' }),
      check: 'delta',
      says: /from version 9 of known to 10, but known\.cud has version 7 here\. Bring known-8\.cdiff to known-9\.cdiff too/,
    },
    {
      name: 'an delta that nobody signed',
      files: () => ({ 'known-8.cdiff': 'ClamAV-Diff:8:3:abcABC' }),
      check: 'delta',
      says: /^known-8\.cdiff cannot be applied to known\.cud: /,
    },
    {
      name: 'an delta to what is here already that nobody signed',
      files: () => ({ 'known-7.cdiff': 'ClamAV-Diff:7:3:abcABC' }),
      check: 'delta',
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
    server = await aGoldenServer(room, 'signed', { TRUSTED_KEYS_FOLDER: trusted, UNSIGNED_FILES: 'refuse' })
  })
  afterAll(async () => void (await server.end('SIGTERM')))

  test.each([
    { file: 'loose.ndb', content: () => aSignature('Test.Loose') },
    { file: 'yara/loose.yar', content: () => 'rule Loose { condition: false }\n' },
    { file: 'list.hashes', content: () => `${'ab'.repeat(32)} Evil.One\n` },
    { file: 'ours.cud', content: () => buildContainer(room.folder, 'ours', { version: 1 }) },
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
