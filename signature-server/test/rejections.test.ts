import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { aGoldenServer, aTestEnvironment, expectRejected, type TestEnvironment } from './golden-server.js'
import { rawContainer } from './raw-container.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const BUNDLE = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const DATABASE = { name: 'x.ndb', content: aSignature('Test.Raw') }
/** An invalid signature with the length of those of ClamAV's authors. */
const INVALID_SIGNATURE = 'TFd9RBeu6wZSIpZwpONrJhe9smcPtzwDgZcAV7ktFxr'.repeat(8).slice(0, 342)
const inHex = (text: string) => Buffer.from(text).toString('hex')

let environment: TestEnvironment
let trusted: string
const key = aKeyPair()

beforeAll(async () => {
  environment = await aTestEnvironment('signature-rejections')
  trusted = trust(join(environment.folder, 'trusted'), key)
})
afterAll(() => environment[Symbol.asyncDispose]())

describe('with default settings', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await aGoldenServer(environment, 'default', { TRUSTED_KEYS_FOLDER: trusted })
    await server.put({ 'known.cud': await buildContainer(environment.folder, 'known', { version: 7 }) })
    expect(await server.ended('known.cud')).toMatchObject({ state: 'published' })
  })
  afterAll(async () => void (await server.end('SIGTERM')))

  test.each([
    {
      name: 'a .cvd that claims a signature',
      files: () => ({ 'claims.cvd': rawContainer({ members: [DATABASE], signature: INVALID_SIGNATURE }) }),
      check: 'digital-signature',
      message: /^claims\.cvd has no valid signature of ClamAV's authors/,
    },
    {
      name: 'an older version',
      files: async () => ({ 'older/known.cud': await buildContainer(environment.folder, 'known', { version: 6 }) }),
      check: 'version',
      message: /known\.cud has version 6.* has 7.*allow-downgrade/,
    },
    {
      name: 'a member with a path',
      files: () => ({ 'climbs.cud': rawContainer({ members: [{ name: '../../etc/evil', content: 'x' }] }) }),
      check: 'archive',
      message: /^climbs\.cud .*"\.\.\/\.\.\/etc\/evil" is not a plain file name/,
    },
    {
      name: 'a member that is a link',
      files: () => ({ 'links.cud': rawContainer({ members: [{ name: 'passwd', content: '', type: '2' }] }) }),
      check: 'archive',
      message: /^links\.cud .*"passwd" is a symlink, not a file/,
    },
    {
      name: 'a duplicate member',
      files: () => ({ 'twice.cud': rawContainer({ members: [DATABASE, DATABASE] }) }),
      check: 'archive',
      message: /duplicate member "x\.ndb"/,
    },
    {
      name: 'more members than a database has',
      files: () => ({ 'many.cud': rawContainer({ members: Array.from({ length: 401 }, (_, n) => ({ name: `m${n}`, content: '' })) }) }),
      check: 'archive',
      message: /too many members \(maximum 400\)/,
    },
    {
      name: 'a decompression bomb',
      files: () => ({ 'bomb.cud': rawContainer({ members: [{ name: 'x.ndb', content: Buffer.alloc(80 * 1024 * 1024) }] }) }),
      check: 'archive',
      message: /^bomb\.cud .*decompression bomb/,
    },
    {
      name: 'a truncated .cld',
      files: () => ({ 'cut.cld': rawContainer({ members: [DATABASE] }).subarray(0, -30) }),
      check: 'archive',
      message: /^cut\.cld .*invalid archive/,
    },
    {
      name: 'a delta without its database',
      files: () => ({ 'absent-3.cdiff': 'x' }),
      check: 'delta',
      message: /updates absent from version 2 to 3, but there is no absent\..*full absent\.cvd/,
    },
    {
      name: 'a delta with a gap before it',
      files: () => ({ 'known-10.cdiff': 'x' }),
      check: 'delta',
      message: /known from version 9 to 10, but the current known\.cud has version 7\. Import known-8\.cdiff to known-9\.cdiff as well/,
    },
    {
      name: 'an unsigned delta',
      files: () => ({ 'known-8.cdiff': 'ClamAV-Diff:8:3:abcABC' }),
      check: 'delta',
      message: /^known-8\.cdiff cannot be applied to known\.cud: /,
    },
    {
      name: 'an unsigned delta to the current version',
      files: () => ({ 'known-7.cdiff': 'ClamAV-Diff:7:3:abcABC' }),
      check: 'delta',
      message: /^known-7\.cdiff is not signed by ClamAV's authors/,
    },
    {
      name: 'a detached signature without its file',
      files: () => ({ 'known-8.cvd.sign': '#clamsign' }),
      check: 'digital-signature',
      message: /known-8\.cvd\.sign has no matching database or delta/,
    },
    {
      name: 'a hash list with a bad line',
      files: () => ({ 'bad.csv': `sha256,name\n${'ab'.repeat(32)},Evil.One\nnothing,Evil.Two\n` }),
      check: 'hash-list',
      message: /^bad\.csv, line 3: no SHA-256/,
    },
    {
      name: 'a hash list without newlines',
      files: () => ({ 'long.hashes': 'a'.repeat(10_000) }),
      check: 'hash-list',
      message: /^long\.hashes, line 1: too long \(maximum 4096 bytes\)/,
    },
    {
      name: 'YARA rules for ClamAV with a syntax error',
      files: () => ({ 'broken.yar': 'rule Good { condition: false }\nrule Bad {\n  strings: $a = "x"\n  condition: $b\n}\n' }),
      check: 'rules',
      message: /^ClamAV cannot load broken\.yar: line 5: undefined string "\$b"\. /,
    },
    {
      name: 'a name of the custom signatures',
      files: () => ({ 'guardimesh-custom.ign2': 'Test.Starter\n' }),
      check: 'name',
      message: /guardimesh-custom\.ign2: this name is reserved/,
    },
    {
      name: 'two formats of one database',
      files: () => ({ 'known.cvd': 'x', 'known.cld': 'x' }),
      check: 'name',
      message: /known\.cld, known\.cvd: .*several formats of one database/,
    },
    {
      name: 'a signature that matches the golden set',
      files: () => ({ 'greedy.ndb': `Test.Greedy:0:*:${inHex('tool is harmless')}\n` }),
      check: 'golden-set',
      message:
        /False positive: the signature Test\.Greedy\.UNOFFICIAL matches the golden file \S+\/golden\/bin\/tool\. Import without its database, ignore the signature, or remove the file from the golden set/,
    },
    {
      name: 'a YARA rule that matches the golden set',
      files: () => ({ 'yara/greedy.yar': 'rule Greedy { strings: $a = "tool is harmless" condition: $a }\n' }),
      check: 'golden-set',
      message: /the signature Greedy matches the golden file \S+\/golden\/bin\/tool\./,
    },
    {
      name: 'a bundle that is not signed by a trusted key',
      files: async () => ({
        [`stranger/${BUNDLE}`]: await rawSignatureBundle({
          key: aKeyPair(),
          entries: [{ path: 'clamav/a.ndb', content: Buffer.from('x') }],
        }),
      }),
      check: 'bundle-signature',
      message: /signed/,
    },
    {
      name: 'a bundle with a path to another folder',
      files: async () => ({
        [`climbs/${BUNDLE}`]: await rawSignatureBundle({ key, entries: [{ path: 'clamav/../../evil.ndb', content: Buffer.from('x') }] }),
      }),
      check: 'bundle',
      message: /must be clamav\/NAME or yara\/NAME|list/,
    },
  ])('rejects $name', async ({ files, ...expected }) => {
    await expectRejected(server, await files(), expected)
  })

  test('runs concurrent imports one after the other', async () => {
    await Promise.all([
      server.put({ 'one.ndb': aSignature('Test.At.Once.1') }),
      server.put({ 'media/two.ndb': aSignature('Test.At.Once.2') }),
    ])
    expect(await server.ended('one.ndb')).toMatchObject({ state: 'published' })
    expect(await server.ended('media/two.ndb')).toMatchObject({ state: 'published' })
    const paths = (await server.catalog()).files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['clamav/one.ndb', 'clamav/two.ndb']))
  })

  test('imports all files of a signed bundle and records the signer', async () => {
    const entries = [
      { path: 'clamav/bundled.ndb', content: Buffer.from(aSignature('Test.Bundled')) },
      { path: 'yara/bundled.yar', content: Buffer.from('rule Bundled { condition: false }\n') },
    ]
    await server.put({ [BUNDLE]: await rawSignatureBundle({ key, entries }) })
    expect(await server.ended(BUNDLE)).toMatchObject({ state: 'published', signedBy: key.fingerprint })
    expect((await server.catalog()).files.map(({ path }) => path)).toEqual(expect.arrayContaining(entries.map(({ path }) => path)))
    const older = await rawSignatureBundle({ key, entries, createdAt: '2026-11-20T00:00:00.000Z' })
    await expectRejected(server, { [`older/${BUNDLE}`]: older }, { check: 'bundle', message: /packed at 2026-11-20/ })
  })
})

describe('with signed files only', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await aGoldenServer(environment, 'signed', { TRUSTED_KEYS_FOLDER: trusted, UNSIGNED_FILES: 'refuse' })
  })
  afterAll(async () => void (await server.end('SIGTERM')))

  test.each([
    { file: 'loose.ndb', content: () => aSignature('Test.Loose') },
    { file: 'yara/loose.yar', content: () => 'rule Loose { condition: false }\n' },
    { file: 'list.hashes', content: () => `${'ab'.repeat(32)} Evil.One\n` },
    { file: 'ours.cud', content: () => buildContainer(environment.folder, 'ours', { version: 1 }) },
  ])('rejects $file', async ({ file, content }) => {
    await expectRejected(
      server,
      { [file]: await content() },
      { check: 'unsigned', message: /has no signature that can be verified.*signatures pack/ },
    )
  })

  test('accepts unsigned files in a signed bundle', async () => {
    const entries = [{ path: 'clamav/site.hashes', content: Buffer.from(`${'ab'.repeat(32)} Evil.One\n`) }]
    await server.put({ [BUNDLE]: await rawSignatureBundle({ key, entries }) })
    expect(await server.ended(BUNDLE)).toMatchObject({ state: 'published' })
    expect((await server.catalog()).files).toContainEqual(expect.objectContaining({ path: 'clamav/site.hsb', signatures: 1 }))
  })
})
