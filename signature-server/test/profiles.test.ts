import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CustomSignatures, SignatureSettings } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import { Catalog } from '@guardimesh/signature-server/catalog/catalog.js'
import { IdleTask } from '@guardimesh/signature-server/profile-measurements/idle-task.js'
import { ProfileMeasurements } from '@guardimesh/signature-server/profile-measurements/profile-measurements.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const inHex = (text: string) => Buffer.from(text).toString('hex')
const SET = [
  `Unix.Test.One:0:*:${inHex('the unix one')}`,
  `Doc.Test.Two:0:*:${inHex('the document')}`,
  `Win.Test.Three:1:*:${inHex('the windows one')}`,
].join('\n')

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-profiles')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  const ours = await buildContainer(folder, 'ours', { version: 1 })
  await server.put({ 'set/set.ndb': `${SET}\n`, 'set/windows.mdb': `1024:${'ab'.repeat(16)}:Win.Test.Four\n`, 'set/ours.cud': ours })
  await server.ended('set/set.ndb')
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

/** Selects a profile and waits until it is active. @returns paths of the ClamAV files. */
async function choose(settings: object): Promise<string[]> {
  const wanted = SignatureSettings.parse(settings)
  const answer = await server.send('PUT', '/v1/settings', wanted)
  expect(answer.status, answer.body.toString()).toBe(200)
  await vi.waitFor(async () => expect((await server.status()).settings.profile).toBe(wanted.profile), { timeout: 60_000, interval: 50 })
  return (await server.catalog()).files.map(({ path }) => path).filter((path) => path.startsWith('clamav/'))
}

async function scan(text: string): Promise<string> {
  const file = join(folder, 'scanned')
  await writeFile(file, text)
  const args = [`--database=${join(server.volume, 'current', 'clamav')}`, '--no-summary', file]
  return new Promise((resolve) => void execFile('clamscan', args, (_, stdout) => resolve(stdout.trim().slice(file.length + 2))))
}

test('filters Windows signatures for linux, keeps Linux names for minimal, and restores all for full', async () => {
  expect(await choose({ profile: 'linux' })).toEqual(['clamav/ours.profile.ours.ndb', 'clamav/set.ndb', 'clamav/starter.ndb'])
  expect(await scan('the unix one')).toBe('Unix.Test.One.UNOFFICIAL FOUND')
  expect(await scan('the document')).toBe('Doc.Test.Two.UNOFFICIAL FOUND')
  expect(await scan('text of Test.ours.1')).toBe('Test.ours.1.UNOFFICIAL FOUND')

  expect(await choose({ profile: 'minimal' })).toEqual(['clamav/set.ndb'])
  expect(await scan('the unix one')).toBe('Unix.Test.One.UNOFFICIAL FOUND')
  expect(await scan('the document')).toBe('OK')

  expect(await choose({ profile: 'full' })).toEqual(['clamav/ours.cud', 'clamav/set.ndb', 'clamav/starter.ndb', 'clamav/windows.mdb'])
})

test('loads the selected databases for custom, also after later imports', async () => {
  expect(await choose({ profile: 'custom', profileFiles: ['set.ndb', 'ours.cvd'] })).toEqual(['clamav/ours.cud', 'clamav/set.ndb'])
  await server.put({ 'later.ndb': aSignature('Test.Later') })
  expect(await server.ended('later.ndb')).toMatchObject({ state: 'published' })
  expect((await server.catalog()).files.map(({ path }) => path)).not.toContain('clamav/later.ndb')
  expect(await choose({ profile: 'full' })).toContain('clamav/later.ndb')
})

test('creates a generation for each import even if the loaded files are unchanged', async () => {
  await choose({ profile: 'custom', profileFiles: ['set.ndb'] })
  const generations = new Set<string>()
  for (const name of ['a.ndb', 'b.ndb', 'c.ndb', 'd.ndb']) {
    await server.put({ [name]: aSignature(`Test.${name}`) })
    generations.add((await server.ended(name)).generation)
  }
  expect(generations.size).toBe(4)
  expect(await choose({ profile: 'full' })).toContain('clamav/d.ndb')
})

test('measures each profile and stores the result for the generation', async () => {
  await server.end('SIGTERM')
  const log = createLogger('test', 'silent')
  const catalog = await Catalog.open(server.volume, log)
  const measurements = await ProfileMeasurements.open(server.volume)
  expect(measurements.isFor(catalog.head?.generation)).toBe(false)
  const options = { catalog, custom: CustomSignatures.parse({ revision: 0 }), limits: {}, log }
  await expect(measurements.measure(options, AbortSignal.abort(new Error('an import came')))).rejects.toThrow('an import came')
  await measurements.measure(options, new AbortController().signal)
  const again = await ProfileMeasurements.open(server.volume)
  expect(again.isFor(catalog.head?.generation)).toBe(true)
  expect(again.list).toMatchObject([
    { profile: 'full', signatures: 11, memoryBytes: expect.any(Number) },
    { profile: 'linux', signatures: 9, memoryBytes: expect.any(Number) },
    { profile: 'minimal', signatures: 1, memoryBytes: expect.any(Number) },
  ])
})

test('aborts an idle task on stop and schedules it again on request', async () => {
  const idle = new IdleTask(createLogger('test', 'silent'), 1)
  const states: string[] = []
  const work = async (signal: AbortSignal) => {
    states.push('begun')
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    states.push('ended')
  }
  idle.schedule('test', work)
  idle.schedule('test', work)
  await vi.waitFor(() => expect(states).toEqual(['begun']))
  await idle.stop()
  expect(states).toEqual(['begun', 'ended'])
  idle.schedule('test', work)
  await vi.waitFor(() => expect(states).toEqual(['begun', 'ended', 'begun']))
  await idle.stop()
})
