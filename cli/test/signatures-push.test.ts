import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { runCli } from '../src/run-cli.js'
import { SignatureClient } from '../src/signatures/signature-client.js'
import { uploadFile } from '../src/signatures/upload-file.js'
import { UploadStateStore } from '../src/signatures/upload-state.js'
import { captureOutput } from './fixture/capture-output.js'
import { startCountingProxy } from './fixture/counting-proxy.js'
import { expectResumedPush, largeDatabase } from './fixture/killed-push.js'

const MIB = 1024 * 1024

let folder: string
let server: RunningServer
let count = 0

beforeAll(async () => {
  folder = await temporaryFolder('cli-push')
  await writeStarterSet(folder)
  await run('keygen', join(folder, 'site'))
  mkdirSync(join(folder, 'trusted'))
  copyFileSync(join(folder, 'site.pub'), join(folder, 'trusted/site.pub'))
  server = await startServer({ folder, env: { TRUSTED_KEYS_FOLDER: join(folder, 'trusted') } })
  await server.wrote('starter set published')
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => captureOutput(() => runCli(['signatures', ...args]))
const access = (url = server.url) => ['--url', url, '--management-key-file', join(folder, 'management-key'), '--ca', server.caFile]
const state = () => ['--state-file', join(folder, 'state/uploads.json')]
const push = (...args: string[]) => run('push', ...args, ...access(), ...state())

function place(files: Readonly<Record<string, string | Buffer>>): string {
  count += 1
  const path = join(folder, `place-${count}`)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return path
}

/** @returns the files of the bundle. */
async function pack(files: Readonly<Record<string, string | Buffer>>, ...args: string[]): Promise<string[]> {
  const source = place(files)
  const output = join(folder, `bundle-${count}`)
  const packed = await run('pack', source, '--output', output, '--key', join(folder, 'site.key'), ...args)
  expect(packed).toMatchObject({ exitCode: 0 })
  return readdirSync(output)
    .sort()
    .map((name) => join(output, name))
}

const activeFiles = async () => {
  const { activeGeneration, generations } = await server.status()
  return generations.find(({ generation }) => generation === activeGeneration)?.databases.map(({ path }) => path)
}

test('pushes and publishes a bundle and shows its signer', async () => {
  const container = await buildContainer(folder, 'daily', { version: 5 })
  const [bundle = ''] = await pack({
    'daily.cud': container,
    'site.ndb': aSignature('Test.Pushed'),
    'yara/site.yar': 'rule Site { condition: false }\n',
  })
  const pushed = await push(bundle)
  expect(pushed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Published as generation \S+\.\nSigned by SHA256:\S+\.\nIt is active on all nodes/),
  })
  expect(await activeFiles()).toEqual(expect.arrayContaining(['clamav/daily.cud', 'clamav/site.ndb', 'yara/site.yar']))
  const status = await run('status', ...access())
  expect(status.stdout).toMatch(/^Active {8}\S+\nProfile {7}full\nTrusted keys {2}SHA256:/)
  expect(status.stdout).toContain('  daily.cud  5  20')
  expect(status.stdout).toContain(' with the management key; published as ')
  const { server: shown } = JSON.parse((await run('status', '--json', ...access())).stdout)
  expect(shown).toEqual(JSON.parse(JSON.stringify(await server.status())))
  // The state of imported uploads is removed.
  expect(JSON.parse(readFileSync(join(folder, 'state/uploads.json'), 'utf8'))).toEqual({})
})

test('shows the signatures that ClamAV skips', async () => {
  const pattern = '41'.repeat(8)
  const path = place({ 'partly.ndb': `Test.Now:0:*:${pattern}\nTest.Later:0:*:${pattern}:254\n` })
  const notice = 'ClamAV skips 1 of 2 signatures in partly.ndb: Test.Later (required f-level: 254).'
  expect((await push(join(path, 'partly.ndb'))).stdout).toContain(`.\nNote: ${notice}\n`)
  expect((await run('status', ...access())).stdout).toContain(`\n    ${notice}\n`)
})

test('packs without files of the destination and requires them on import', async () => {
  const exported = join(folder, 'status.json')
  expect(await run('status', '--export', exported, ...access())).toMatchObject({ exitCode: 0 })
  expect(readFileSync(exported, 'utf8')).not.toContain('127.0.0.1')
  const files = { 'daily.cud': await buildContainer(folder, 'daily', { version: 5 }), 'other.ndb': aSignature('Test.Delta') }
  const [delta = ''] = await pack(files, '--since', exported)
  expect((await run('inspect', delta)).stdout).toContain('requires at the destination:\n  clamav/daily.cud version 5 or later')
  expect(await push(delta)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(await activeFiles()).toEqual(expect.arrayContaining(['clamav/daily.cud', 'clamav/other.ndb']))
  const known = JSON.parse(readFileSync(exported, 'utf8'))
  known.databases.find(({ path }: { path: string }) => path === 'clamav/daily.cud').version = 6
  writeFileSync(exported, JSON.stringify(known))
  files['daily.cud'] = await buildContainer(folder, 'daily', { version: 6 })
  const [tooNew = ''] = await pack({ ...files, 'third.ndb': aSignature('Test.Third') }, '--since', exported)
  expect(await push(tooNew)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(
      /Import rejected by the check "bundle": .* requires clamav\/daily\.cud version 6 or later, which this installation does not have/,
    ),
  })
})

test('pushes all volumes of a bundle, given any of them', async () => {
  const noise = Array.from({ length: 20_000 }, (_, index) => `Test.Noise.${index}:0:*:${randomBytes(64).toString('hex')}\n`).join('')
  const volumes = await pack({ 'noise.ndb': noise }, '--volume-size', '1M')
  expect(volumes.length).toBeGreaterThan(1)
  expect(await push(volumes[1] ?? '')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(await activeFiles()).toContain('clamav/noise.ndb')
  const before = (await server.status()).imports.length
  rmSync(volumes.at(-1) ?? '')
  expect(await push(volumes[0] ?? '')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('its last volume is missing') })
  expect((await server.status()).imports).toHaveLength(before)
})

test('pushes folders and files as one import', async () => {
  const source = place({
    'one.ndb': aSignature('Test.One'),
    'readme.md': 'no signature',
    'yara/two.yar': 'rule Two { condition: false }\n',
  })
  const single = join(place({ 'three.hdb': `${'0'.repeat(32)}:5:Test.Three\n` }), 'three.hdb')
  expect(await push(source, single)).toMatchObject({ exitCode: 0 })
  const [newest] = (await server.status()).imports
  expect(newest?.files.toSorted()).toEqual(['one.ndb', 'three.hdb', 'yara/two.yar'])
})

test("prints the server's reason for a rejection and changes nothing", async () => {
  const before = (await server.status()).activeGeneration
  await run('keygen', join(folder, 'stranger'))
  const output = join(folder, 'strange')
  await run('pack', place({ 'x.ndb': aSignature('Test.X') }), '--output', output, '--key', join(folder, 'stranger.key'))
  const refused = await push(join(output, readdirSync(output)[0] ?? ''))
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/guardimesh: Import rejected by the check "bundle-signature": .*It claims to be signed by SHA256:\S+/),
  })
  expect((await server.status()).activeGeneration).toBe(before)
})

test('removes a source by name and restores it by a rollback', async () => {
  const path = place({ 'leaves.ndb': aSignature('Test.Leaves') })
  expect(await push(path)).toMatchObject({ exitCode: 0 })
  const removed = await run('remove', 'leaves.ndb', ...access())
  expect(removed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It is active on all nodes.') })
  expect(await activeFiles()).not.toContain('clamav/leaves.ndb')
  expect(await run('status', ...access())).toMatchObject({ stdout: expect.stringContaining('published: removed clamav/leaves.ndb by ') })
  expect(await run('remove', 'leaves.ndb', ...access())).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Source leaves.ndb not found. Available: clamav/'),
  })
  await run('rollback', ...access())
  expect(await activeFiles()).toContain('clamav/leaves.ndb')
})

test('requires --allow-older for an older version; a rollback reverts it', async () => {
  const older = join(place({ 'daily.cud': await buildContainer(folder, 'daily', { version: 4 }) }), 'daily.cud')
  expect(await push(older)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Import rejected by the check "version"') })
  const before = (await server.status()).activeGeneration
  expect(await push(older, '--allow-older')).toMatchObject({ exitCode: 0 })
  expect((await run('status', ...access())).stdout).toContain('  daily.cud  4  20')
  expect(await run('rollback', '--reason', 'a test', ...access())).toMatchObject({
    exitCode: 0,
    stdout: `Rolled back to ${before} on all nodes.\n`,
  })
  expect((await run('status', ...access())).stdout).toContain('  daily.cud  5  20')
  expect(await run('rollback', 'no-such-generation', ...access())).toMatchObject({ exitCode: 1, stdout: '' })
})

test('holds, promotes and discards a rollout; fails without one', async () => {
  expect(await run('roll-out', 'promote', ...access())).toMatchObject({
    exitCode: 1,
    stderr: 'guardimesh: There is no rollout: all nodes are offered the active generation.\n',
  })
  await server.get('/v1/catalog?node=node-1')
  const canary = { nodes: ['node-1'], percent: 0, soakMinutes: 60, holdAfterDetections: 3 }
  expect((await server.send('PUT', '/v1/settings', { canary })).status).toBe(200)
  const pushed = await push(join(place({ 'canary.ndb': aSignature('Test.Canary') }), 'canary.ndb'))
  expect(pushed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It is rolled out to the canary nodes first (node-1)') })
  expect(await activeFiles()).not.toContain('clamav/canary.ndb')
  const held = await run('roll-out', 'hold', '--reason', 'to check it', ...access())
  expect(held.stdout).toMatch(/^The rollout of \S+ is held on its canary nodes\.\n$/)
  expect((await run('status', ...access())).stdout).toMatch(/\nRollout {7}\S+ is held on node-1: .*to check it\n/)
  expect((await run('roll-out', 'promote', ...access())).stdout).toMatch(/^\S+ is active on all nodes\.\n$/)
  expect(await activeFiles()).toContain('clamav/canary.ndb')
  await push(join(place({ 'second.ndb': aSignature('Test.Second') }), 'second.ndb'))
  expect((await run('roll-out', 'discard', ...access())).stdout).toMatch(/^(\S+) was discarded; (?!\1)\S+ is active on all nodes\.\n$/)
  expect(await activeFiles()).not.toContain('clamav/second.ndb')
  await server.send('PUT', '/v1/settings', { canary: { ...canary, nodes: [] } })
})

test('resumes a killed upload', async () => {
  const path = join(place({ 'large.ndb': largeDatabase(24 * 1024, 'Test.Large') }), 'large.ndb')
  await using proxy = await startCountingProxy(Number(new URL(server.url).port))
  await expectResumedPush(['signatures', 'push', path, ...access(`https://127.0.0.1:${proxy.port}`), ...state()], path, proxy)
  expect(await activeFiles()).toContain('clamav/large.ndb')
})

test('does not repeat a finished upload, unless the server has removed it', async () => {
  const path = join(place({ 'whole.ndb': largeDatabase(2048, 'Test.Whole') }), 'whole.ndb')
  await using proxy = await startCountingProxy(Number(new URL(server.url).port))
  const url = `https://127.0.0.1:${proxy.port}`
  const key = readFileSync(join(folder, 'management-key'), 'utf8').trim()
  const service = new SignatureClient({ url: new URL(url), key, keyKind: 'management-key', ca: readFileSync(server.caFile, 'utf8') })
  const stateStore = new UploadStateStore(join(folder, 'state/uploads.json'))
  const { uploadId, stateKey } = await uploadFile({ path, kind: 'clamav' }, { service, state: stateStore, report: () => {} })
  expect(proxy.sentBytes()).toBeGreaterThan(2 * MIB)
  expect(stateStore.find(stateKey)).toBe(`${url}/v1/uploads/${uploadId}`)
  proxy.reset()
  expect(await run('push', path, ...access(url), ...state())).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(proxy.sentBytes()).toBeLessThan(MIB)
  stateStore.save(stateKey, `${url}/v1/uploads/${uploadId}`)
  proxy.reset()
  expect(await run('push', path, ...access(url), ...state())).toMatchObject({ exitCode: 0 })
  expect(proxy.sentBytes()).toBeGreaterThan(2 * MIB)
})

test.each([
  {
    name: 'an unreachable server',
    args: () => access('https://127.0.0.1:1'),
    message: 'https://127.0.0.1:1 cannot be reached: connect ECONNREFUSED',
  },
  { name: 'an address without TLS', args: () => access('http://example.org'), message: 'it must start with https://' },
  { name: 'no address', args: () => access().slice(2), message: 'Address of the console missing' },
  { name: 'no key', args: () => access().slice(0, 2), message: 'API key missing' },
  {
    name: 'a missing key file',
    args: () => [...access().slice(0, 3), '/no/such'],
    message: 'the secret file /no/such cannot be read',
  },
])('push reports $name', async ({ args, message }) => {
  const path = join(place({ 'x.ndb': aSignature('Test.X') }), 'x.ndb')
  expect(await run('push', path, ...args(), ...state())).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining(message),
  })
})

test('rejects a wrong key and files without signatures', async () => {
  writeFileSync(join(folder, 'wrong-key'), 'another key\n')
  const path = join(place({ 'x.ndb': aSignature('Test.X') }), 'x.ndb')
  const flags = ['--url', server.url, '--management-key-file', join(folder, 'wrong-key'), '--ca', server.caFile]
  const refused = await run('push', path, ...flags, ...state())
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Check the file of --management-key-file.') })
  expect(await run('rollback', ...flags)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Send the management key') })
  expect(await push(folder)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('No signatures found in') })
  expect(await push(join(folder, 'site.pub'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not a signature file') })
})
