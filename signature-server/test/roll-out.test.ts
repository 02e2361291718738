import { readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignatureCatalog, type SignatureServerStatus } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

const CANARY = { canary: { nodes: ['node-1'], percent: 0 } }

let folder: string
let authority: TestAuthority

beforeAll(async () => {
  folder = await temporaryFolder('signature-roll-out')
  authority = await createAuthority('roll-out')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

/** Starts a server on a volume with three generations and without `roll-out.json`. */
async function startOn(volume: string, env = {}): Promise<RunningServer> {
  const path = join(folder, volume)
  await writeVolume(path, [aGeneration('g1'), aGeneration('g2'), aGeneration('g3')])
  return startServer({ folder, authority, volume: path, env })
}
const again = (volume: string, env = {}) => startServer({ folder, authority, volume: join(folder, volume), env })
const offer = async (server: RunningServer, node: string) =>
  SignatureCatalog.parse(JSON.parse((await server.get(`/v1/catalog?node=${node}`)).body.toString()))
const generationsOf = async (server: RunningServer) => [
  (await offer(server, 'node-1')).generation,
  (await offer(server, 'node-2')).generation,
]
async function importDatabase(server: RunningServer, name: string): Promise<string> {
  await server.put({ [`${name}.ndb`]: aSignature(`Test.${name}`) })
  const { state, message, generation } = await server.ended(`${name}.ndb`)
  expect({ state, message }).toEqual({ state: 'published', message: '' })
  return generation
}
async function change(server: RunningServer, method: string, path: string, body: unknown): Promise<SignatureServerStatus> {
  const answer = await server.send(method, path, body)
  expect({ path, status: answer.status, body: answer.status === 200 ? '' : answer.body.toString() }).toEqual({
    path,
    status: 200,
    body: '',
  })
  return JSON.parse(answer.body.toString())
}
const linkOf = async (server: RunningServer) => readlink(join(server.volume, 'current'))

test('rolls out to the canary node, holds, replaces, promotes, rolls back and discards', async () => {
  await using server = await startOn('life')
  expect(await server.status()).toMatchObject({ activeGeneration: 'g3', headGeneration: 'g3', rollOut: null })
  await change(server, 'PUT', '/v1/settings', CANARY)
  const before = await offer(server, 'node-1')

  const g4 = await importDatabase(server, 'four')
  expect(await generationsOf(server)).toEqual([g4, 'g3'])
  expect((await offer(server, 'node-1')).sequence).toBeGreaterThan(before.sequence)
  expect((await offer(server, 'node-2')).sequence).toBe(before.sequence)
  expect(await server.status()).toMatchObject({
    ...{ activeGeneration: 'g3', headGeneration: g4, settings: { canary: { nodes: ['node-1'] } } },
    rollOut: { generation: g4, state: 'canary', nodes: ['node-1'], reason: '' },
  })

  await change(server, 'POST', '/v1/roll-out', { action: 'hold', generation: g4, reason: '7 files' })
  expect((await server.status()).rollOut).toMatchObject({ state: 'held', reason: '7 files' })
  expect((await server.get('/metrics')).body.toString()).toContain(`roll_out_info{generation="${g4}",state="held"} 1`)
  expect(await generationsOf(server)).toEqual([g4, 'g3'])

  const g5 = await importDatabase(server, 'five')
  // The new candidate contains the changes of the held one.
  expect((await server.status()).rollOut).toMatchObject({ generation: g5, state: 'held', nodes: ['node-1'], reason: '7 files' })
  expect((await offer(server, 'node-1')).files.map(({ path }) => path)).toContain('clamav/four.ndb')
  const stale = await server.send('POST', '/v1/roll-out', { action: 'promote', generation: g4 })
  expect({ status: stale.status, body: stale.body.toString() }).toEqual({
    status: 412,
    body: expect.stringContaining('SIGNATURES_CHANGED'),
  })

  expect(await change(server, 'POST', '/v1/roll-out', { action: 'promote', generation: g5 })).toMatchObject({
    ...{ activeGeneration: g5, headGeneration: g5, rollOut: null },
  })
  expect(await generationsOf(server)).toEqual([g5, g5])
  expect(await linkOf(server)).toBe(`generations/${g5}`)

  const promoted = await offer(server, 'node-1')
  // g4 is kept, but was never active outside of the canary node.
  expect(await change(server, 'POST', '/v1/rollback', {})).toMatchObject({ activeGeneration: 'g3', headGeneration: 'g3', rollOut: null })
  expect(await generationsOf(server)).toEqual(['g3', 'g3'])
  expect((await offer(server, 'node-1')).sequence).toBeGreaterThan(promoted.sequence)
  expect(await server.send('POST', '/v1/rollback', { generation: 'none' })).toMatchObject({ status: 404 })

  const g6 = await importDatabase(server, 'six')
  const canary = await offer(server, 'node-1')
  expect(canary.files.map(({ path }) => path)).not.toContain('clamav/four.ndb')
  await change(server, 'POST', '/v1/roll-out', { action: 'discard', generation: g6 })
  expect(await server.status()).toMatchObject({ activeGeneration: 'g3', headGeneration: 'g3', rollOut: null })
  const back = await offer(server, 'node-1')
  expect(back.generation).toBe('g3')
  expect(back.sequence).toBeGreaterThan(canary.sequence)
})

test('rolls out to a share of the recently seen nodes, rounded down', async () => {
  await using server = await startOn('share')
  for (let n = 0; n < 10; n += 1) await offer(server, `node-${n}`)
  await change(server, 'PUT', '/v1/settings', { canary: { percent: 25 } })
  const generation = await importDatabase(server, 'share')
  const { rollOut } = await server.status()
  expect(rollOut?.nodes).toHaveLength(2)
  const offered = await Promise.all(Array.from({ length: 10 }, async (_, n) => (await offer(server, `node-${n}`)).generation))
  expect(offered.filter((one) => one === generation)).toHaveLength(2)
})

test('keeps the pinned generation during imports, and rolls out the head after unpinning', async () => {
  await using server = await startOn('pinned')
  await change(server, 'PUT', '/v1/settings', { ...CANARY, pinned: true })
  let head = ''
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) head = await importDatabase(server, name)
  expect(await generationsOf(server)).toEqual(['g3', 'g3'])
  expect(await server.status()).toMatchObject({ activeGeneration: 'g3', headGeneration: head, rollOut: null })
  expect(await readdir(join(server.volume, 'generations'))).toContain('g3')
  await change(server, 'PUT', '/v1/settings', CANARY)
  expect(await generationsOf(server)).toEqual([head, 'g3'])
  await change(server, 'PUT', '/v1/settings', { ...CANARY, pinned: true })
  expect(await generationsOf(server)).toEqual(['g3', 'g3'])
})

test.each([
  { action: 'starting a rollout', path: '', logText: 'current link switched' },
  { action: 'starting a rollout', path: '', logText: '"msg":"rollout state changed"' },
  { action: 'promote', path: '/v1/roll-out', logText: 'current link switched' },
  { action: 'promote', path: '/v1/roll-out', logText: '"msg":"rollout state changed"' },
  { action: 'discard', path: '/v1/roll-out', logText: 'current link switched' },
  { action: 'hold', path: '/v1/roll-out', logText: '"msg":"rollout state changed"' },
  { action: 'rollback', path: '/v1/rollback', logText: 'current link switched' },
  { action: 'rollback', path: '/v1/rollback', logText: '"msg":"rollout state changed"' },
])('restores the state before or after $action when killed at "$logText"', async ({ action, path, logText }) => {
  const volume = `kill-${action}-${logText}`.replaceAll(/[^a-z]+/g, '-')
  const first = await startOn(volume, { LOG_LEVEL: 'debug' })
  await change(first, 'PUT', '/v1/settings', CANARY)
  const isBeginning = path === ''
  const generation = isBeginning ? '' : await importDatabase(first, 'canary')
  const [before, seen] = [await first.status(), await offer(first, 'node-1')]
  const at = first.output().length
  const sent = isBeginning ? first.put({ 'canary.ndb': aSignature('Test.canary') }) : first.send('POST', path, bodyOf(action, generation))
  const ended = sent.then(
    () => undefined,
    () => undefined,
  )
  while (!first.output().slice(at).includes(logText)) await new Promise((resolve) => setTimeout(resolve, 1))
  await first.end('SIGKILL')
  await ended

  await using second = await again(volume)
  const after = await second.status()
  const now = await offer(second, 'node-1')
  expect(await linkOf(second)).toBe(`generations/${after.activeGeneration}`)
  expect(now.sequence).toBeGreaterThanOrEqual(seen.sequence)
  if (now.generation !== seen.generation) expect(now.sequence).toBeGreaterThan(seen.sequence)
  if (after.rollOut) expect(after).toMatchObject({ headGeneration: after.rollOut.generation, activeGeneration: before.activeGeneration })
  else expect(after.headGeneration).toBe(after.activeGeneration)
  // The server logs this after it has written the state, so the state must persist.
  if (logText.includes('state changed') && !isBeginning) expect(after.rollOut?.state ?? 'none').toBe(action === 'hold' ? 'held' : 'none')
  expect(after.settings.canary.nodes).toEqual(['node-1'])
})

const bodyOf = (action: string, generation: string) => (action === 'rollback' ? {} : { action, generation })

test('renames a damaged roll-out.json, keeps the active generation and resets the settings', async () => {
  const first = await startOn('damaged')
  await change(first, 'PUT', '/v1/settings', CANARY)
  await importDatabase(first, 'canary')
  await first.end('SIGTERM')
  const file = join(first.volume, 'roll-out.json')
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -5))
  await using second = await again('damaged')
  expect(await second.status()).toMatchObject({
    activeGeneration: 'g3',
    headGeneration: 'g3',
    rollOut: null,
    settings: { canary: { nodes: [] } },
  })
  expect((await stat(`${file}.damaged`)).isFile()).toBe(true)
})

test('stops offering a damaged candidate', async () => {
  const first = await startOn('lost')
  await change(first, 'PUT', '/v1/settings', CANARY)
  const generation = await importDatabase(first, 'canary')
  const seen = await offer(first, 'node-1')
  await first.end('SIGTERM')
  await rm(join(first.volume, 'generations', generation, 'clamav/canary.ndb'))
  await using second = await again('lost')
  expect(await second.status()).toMatchObject({ activeGeneration: 'g3', headGeneration: 'g3', rollOut: null })
  expect((await offer(second, 'node-1')).sequence).toBeGreaterThan(seen.sequence)
})

test.each([
  { name: 'no key', headers: { authorization: '' }, status: 401, code: 'UNAUTHENTICATED' },
  { name: 'another key', headers: { authorization: 'Bearer a-management-key-of-a-tesT' }, status: 401, code: 'UNAUTHENTICATED' },
  { name: 'a name that is too long', headers: { 'guardimesh-actor': 'x'.repeat(201) }, status: 400, code: 'BODY_INVALID' },
  { name: 'another form', headers: { 'content-type': 'text/plain' }, status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
  { name: 'no JSON object', body: 'text', status: 400, code: 'BODY_INVALID' },
  { name: 'a mistyped number', body: { canary: { percent: 101 } }, status: 400, code: 'BODY_INVALID' },
  { name: 'too much', body: { profileFiles: ['x'.repeat(300_000)] }, status: 413, code: 'BODY_TOO_LARGE' },
])('rejects a change with $name', async ({ headers, body, status, code }) => {
  await using server = await startOn('refused')
  const answer = await server.send('PUT', '/v1/settings', body ?? { pinned: true }, headers)
  expect({ status: answer.status, code: JSON.parse(answer.body.toString()).code }).toEqual({ status, code })
  expect((await server.status()).settings).toMatchObject({ pinned: false, canary: { percent: 10 } })
})

test('uses a rotated management key immediately and rejects all changes without one', async () => {
  await using server = await startOn('keys')
  await writeFile(join(folder, 'management-key'), 'another-key\n')
  expect((await server.send('PUT', '/v1/settings', {})).status).toBe(401)
  expect((await server.send('PUT', '/v1/settings', {}, { authorization: 'Bearer another-key' })).status).toBe(200)
  await server.end('SIGTERM')
  await using closed = await again('keys', { MANAGEMENT_KEY_FILE: '' })
  const answer = await closed.send('PUT', '/v1/settings', {})
  expect(answer.status).toBe(403)
  expect(JSON.parse(answer.body.toString()).detail).toMatch(/no management key.*incoming/)
})
