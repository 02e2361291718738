import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { runCli } from '../src/run-cli.js'
import { SignatureService } from '../src/signatures/signature-service.js'
import { uploadFile } from '../src/signatures/upload-file.js'
import { UploadMemory } from '../src/signatures/upload-memory.js'
import { captureOutput } from './fixture/capture-output.js'
import { startCountingProxy } from './fixture/counting-proxy.js'
import { expectToGoOn, largeDatabase } from './fixture/killed-push.js'

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

const liveFiles = async () => {
  const { activeGeneration, generations } = await server.status()
  return generations.find(({ generation }) => generation === activeGeneration)?.databases.map(({ path }) => path)
}

test('a bundle is pushed and published, and the status says who signed it', async () => {
  const container = await buildContainer(folder, 'daily', { version: 5 })
  const [bundle = ''] = await pack({
    'daily.cud': container,
    'site.ndb': aSignature('Test.Pushed'),
    'yara/site.yar': 'rule Site { condition: false }\n',
  })
  const pushed = await push(bundle)
  expect(pushed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Published as generation \S+\.\nSigned by SHA256:\S+\.\nEvery node/),
  })
  expect(await liveFiles()).toEqual(expect.arrayContaining(['clamav/daily.cud', 'clamav/site.ndb', 'yara/site.yar']))
  const status = await run('status', ...access())
  expect(status.stdout).toMatch(/^Live {10}\S+\nProfile {7}full\nTrusted keys {2}SHA256:/)
  expect(status.stdout).toContain('  daily.cud  5  20')
  expect(status.stdout).toContain(' with the management key; is in ')
  const { server: shown } = JSON.parse((await run('status', '--json', ...access())).stdout)
  expect(shown).toEqual(JSON.parse(JSON.stringify(await server.status())))
  // What was imported needs no memory any more.
  expect(JSON.parse(readFileSync(join(folder, 'state/uploads.json'), 'utf8'))).toEqual({})
})

test('what the other side has is left out, and must still be there', async () => {
  const exported = join(folder, 'status.json')
  expect(await run('status', '--export', exported, ...access())).toMatchObject({ exitCode: 0 })
  expect(readFileSync(exported, 'utf8')).not.toContain('127.0.0.1')
  const files = { 'daily.cud': await buildContainer(folder, 'daily', { version: 5 }), 'other.ndb': aSignature('Test.Delta') }
  const [delta = ''] = await pack(files, '--since', exported)
  expect((await run('inspect', delta)).stdout).toContain('made for a side that has:\n  clamav/daily.cud of version 5')
  expect(await push(delta)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(await liveFiles()).toEqual(expect.arrayContaining(['clamav/daily.cud', 'clamav/other.ndb']))
  const known = JSON.parse(readFileSync(exported, 'utf8'))
  known.databases.find(({ path }: { path: string }) => path === 'clamav/daily.cud').version = 6
  writeFileSync(exported, JSON.stringify(known))
  files['daily.cud'] = await buildContainer(folder, 'daily', { version: 6 })
  const [tooNew = ''] = await pack({ ...files, 'third.ndb': aSignature('Test.Third') }, '--since', exported)
  expect(await push(tooNew)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/Refused by the check "bundle": .* that has clamav\/daily\.cud of version 6, which is not so here/),
  })
})

test('volumes are pushed together, whichever is named', async () => {
  const noise = Array.from({ length: 20_000 }, (_, index) => `Test.Noise.${index}:0:*:${randomBytes(64).toString('hex')}\n`).join('')
  const volumes = await pack({ 'noise.ndb': noise }, '--volume-size', '1M')
  expect(volumes.length).toBeGreaterThan(1)
  expect(await push(volumes[1] ?? '')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(await liveFiles()).toContain('clamav/noise.ndb')
  const before = (await server.status()).imports.length
  rmSync(volumes.at(-1) ?? '')
  expect(await push(volumes[0] ?? '')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('its last volume is missing') })
  expect((await server.status()).imports).toHaveLength(before)
})

test('a folder and single files are pushed as one import', async () => {
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

test('a refusal is told as the server tells it, and nothing changes', async () => {
  const before = (await server.status()).activeGeneration
  await run('keygen', join(folder, 'stranger'))
  const output = join(folder, 'strange')
  await run('pack', place({ 'x.ndb': aSignature('Test.X') }), '--output', output, '--key', join(folder, 'stranger.key'))
  const refused = await push(join(output, readdirSync(output)[0] ?? ''))
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/guardimesh: Refused by the check "bundle-signature": .*It says that SHA256:\S+ signed it/),
  })
  expect((await server.status()).activeGeneration).toBe(before)
})

test('what was brought in is taken out by its name, and comes back by a rollback', async () => {
  const path = place({ 'leaves.ndb': aSignature('Test.Leaves') })
  expect(await push(path)).toMatchObject({ exitCode: 0 })
  const removed = await run('remove', 'leaves.ndb', ...access())
  expect(removed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Every node is offered it now.') })
  expect(await liveFiles()).not.toContain('clamav/leaves.ndb')
  expect(await run('status', ...access())).toMatchObject({ stdout: expect.stringContaining('published: without clamav/leaves.ndb by ') })
  expect(await run('remove', 'leaves.ndb', ...access())).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('leaves.ndb was not brought in. There are: clamav/'),
  })
  await run('rollback', ...access())
  expect(await liveFiles()).toContain('clamav/leaves.ndb')
})

test('an older version needs leave; a rollback takes it back', async () => {
  const older = join(place({ 'daily.cud': await buildContainer(folder, 'daily', { version: 4 }) }), 'daily.cud')
  expect(await push(older)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Refused by the check "version"') })
  const before = (await server.status()).activeGeneration
  expect(await push(older, '--allow-older')).toMatchObject({ exitCode: 0 })
  expect((await run('status', ...access())).stdout).toContain('  daily.cud  4  20')
  expect(await run('rollback', '--reason', 'a test', ...access())).toMatchObject({
    exitCode: 0,
    stdout: `${before} is live again, for all nodes.\n`,
  })
  expect((await run('status', ...access())).stdout).toContain('  daily.cud  5  20')
  expect(await run('rollback', 'no-such-generation', ...access())).toMatchObject({ exitCode: 1, stdout: '' })
})

test('a roll-out is held, promoted and discarded; without one there is nothing to do', async () => {
  expect(await run('roll-out', 'promote', ...access())).toMatchObject({
    exitCode: 1,
    stderr: 'guardimesh: Nothing is being rolled out: every node is offered the live generation.\n',
  })
  await server.get('/v1/catalog?node=node-1')
  const canary = { nodes: ['node-1'], percent: 0, soakMinutes: 60, holdAfterDetections: 3 }
  expect((await server.send('PUT', '/v1/settings', { canary })).status).toBe(200)
  const pushed = await push(join(place({ 'canary.ndb': aSignature('Test.Canary') }), 'canary.ndb'))
  expect(pushed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It goes to the canary nodes first (node-1)') })
  expect(await liveFiles()).not.toContain('clamav/canary.ndb')
  const held = await run('roll-out', 'hold', '--reason', 'to look at it', ...access())
  expect(held.stdout).toMatch(/^\S+ stays on its canary nodes\.\n$/)
  expect((await run('status', ...access())).stdout).toMatch(/\nRoll-out {6}\S+ is held on node-1: .*to look at it\n/)
  expect((await run('roll-out', 'promote', ...access())).stdout).toMatch(/^\S+ is live, for all nodes\.\n$/)
  expect(await liveFiles()).toContain('clamav/canary.ndb')
  await push(join(place({ 'second.ndb': aSignature('Test.Second') }), 'second.ndb'))
  expect((await run('roll-out', 'discard', ...access())).stdout).toMatch(/^(\S+) was taken back; (?!\1)\S+ is live for all nodes\.\n$/)
  expect(await liveFiles()).not.toContain('clamav/second.ndb')
  await server.send('PUT', '/v1/settings', { canary: { ...canary, nodes: [] } })
})

test('an upload that is killed in the middle goes on where it stopped', async () => {
  const path = join(place({ 'large.ndb': largeDatabase(24 * 1024, 'Test.Large') }), 'large.ndb')
  await using proxy = await startCountingProxy(Number(new URL(server.url).port))
  await expectToGoOn(['signatures', 'push', path, ...access(`https://127.0.0.1:${proxy.port}`), ...state()], path, proxy)
  expect(await liveFiles()).toContain('clamav/large.ndb')
})

test('an upload that was whole is not sent again; one that the server has forgotten is', async () => {
  const path = join(place({ 'whole.ndb': largeDatabase(2048, 'Test.Whole') }), 'whole.ndb')
  await using proxy = await startCountingProxy(Number(new URL(server.url).port))
  const url = `https://127.0.0.1:${proxy.port}`
  const key = readFileSync(join(folder, 'management-key'), 'utf8').trim()
  const service = new SignatureService({ url: new URL(url), key, keyKind: 'management-key', ca: readFileSync(server.caFile, 'utf8') })
  const memory = new UploadMemory(join(folder, 'state/uploads.json'))
  const { uploadId, memoryName } = await uploadFile({ path, kind: 'clamav' }, { service, memory, report: () => {} })
  expect(proxy.sentBytes()).toBeGreaterThan(2 * MIB)
  expect(memory.find(memoryName)).toBe(`${url}/v1/uploads/${uploadId}`)
  proxy.reset()
  expect(await run('push', path, ...access(url), ...state())).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Published') })
  expect(proxy.sentBytes()).toBeLessThan(MIB)
  memory.remember(memoryName, `${url}/v1/uploads/${uploadId}`)
  proxy.reset()
  expect(await run('push', path, ...access(url), ...state())).toMatchObject({ exitCode: 0 })
  expect(proxy.sentBytes()).toBeGreaterThan(2 * MIB)
})

test.each([
  {
    name: 'nobody answers',
    args: () => access('https://127.0.0.1:1'),
    message: 'https://127.0.0.1:1 cannot be reached: connect ECONNREFUSED',
  },
  { name: 'an address without TLS', args: () => access('http://example.org'), message: 'is no address of the form https://' },
  { name: 'no address', args: () => access().slice(2), message: 'Say where the console is' },
  { name: 'no key', args: () => access().slice(0, 2), message: 'Name a file with an API key' },
  {
    name: 'a key that is not there',
    args: () => [...access().slice(0, 3), '/no/such'],
    message: 'the secret file /no/such cannot be read',
  },
])('push says what is wrong: $name', async ({ args, message }) => {
  const path = join(place({ 'x.ndb': aSignature('Test.X') }), 'x.ndb')
  expect(await run('push', path, ...args(), ...state())).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining(message),
  })
})

test('a wrong key and a file that is none are refused', async () => {
  writeFileSync(join(folder, 'wrong-key'), 'another key\n')
  const path = join(place({ 'x.ndb': aSignature('Test.X') }), 'x.ndb')
  const flags = ['--url', server.url, '--management-key-file', join(folder, 'wrong-key'), '--ca', server.caFile]
  const refused = await run('push', path, ...flags, ...state())
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('x.ndb was not taken (status 401)') })
  expect(await run('rollback', ...flags)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Send the management key') })
  expect(await push(folder)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There are no signatures in') })
  expect(await push(join(folder, 'site.pub'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is no signature file') })
})
