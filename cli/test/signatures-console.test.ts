import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { aSignature, writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'
import { startCountingProxy } from './fixture/counting-proxy.js'
import { CLI_MAIN, expectResumedPush, largeDatabase } from './fixture/killed-push.js'

let folder: string
let server: RunningServer
let api: TestApi

beforeAll(async () => {
  folder = await temporaryFolder('cli-console')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  const managementKeyFile = join(folder, 'management-key')
  api = await startTestApi({ config: { signatureServer: { url: new URL(server.url), caFile: server.caFile, managementKeyFile } } })
  writeFileSync(join(folder, 'api-key'), `${await api.createKey('signatures:write')}\n`)
  writeFileSync(join(folder, 'other-key'), await api.createKey('ingestion'))
  await server.wrote('starter set published')
})
afterAll(async () => {
  await api?.close()
  await server?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const argsFor = (command: string, ...args: string[]) => ['signatures', command, ...args, '--api-key-file', join(folder, 'api-key')]
const run = (command: string, ...args: string[]) => captureOutput(() => runCli([...argsFor(command, ...args), '--url', api.url]))
const state = () => ['--state-file', join(folder, 'state/uploads.json')]

function database(name: string, text: string): string {
  mkdirSync(join(folder, 'databases'), { recursive: true })
  writeFileSync(join(folder, 'databases', name), text)
  return join(folder, 'databases', name)
}

test('pushes a database through the console and records it in the audit log', async () => {
  const path = database('console.ndb', aSignature('Test.Console'))
  const pushed = await run('push', path, ...state())
  expect(pushed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Published as generation \S+\.\nIt is active on all nodes\.\n$/),
  })
  const audited = await api.query<{ action: string }>('SELECT action FROM audit_log ORDER BY audit_id')
  expect(audited.map(({ action }) => action)).toEqual(expect.arrayContaining(['signatures.upload', 'signatures.import']))
  const shown = await run('status')
  expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('  console.ndb  ') })
  const before = (await server.status()).generations[1]?.generation
  expect(await run('rollback', '--reason', 'a test')).toMatchObject({ exitCode: 0, stdout: `Rolled back to ${before} on all nodes.\n` })
})

test('reads address and key from the environment', async () => {
  const settings = { GUARDIMESH_URL: api.url, GUARDIMESH_API_KEY_FILE: join(folder, 'api-key') }
  const child = spawn(process.execPath, [CLI_MAIN, 'signatures', 'status'], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  expect(await once(child, 'close')).toEqual([0, null])
  expect(Buffer.concat(chunks).toString()).toMatch(/^Active {8}\S+\n/)
})

test('names the missing scope of a key', async () => {
  const args = ['signatures', 'status', '--url', api.url, '--api-key-file', join(folder, 'other-key')]
  const refused = await captureOutput(() => runCli(args))
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Create an API key with the scope signatures:write') })
})

test('resumes a killed upload through the console', async () => {
  const path = database('large.ndb', largeDatabase(24 * 1024, 'Test.Large'))
  await using proxy = await startCountingProxy(Number(new URL(api.url).port))
  await expectResumedPush([...argsFor('push', path, ...state()), '--url', `http://127.0.0.1:${proxy.port}`], path, proxy)
})
