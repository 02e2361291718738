import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExceptionView } from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { aFinding, aResult, batchBody, post } from '../../backend/test/messages.js'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'

let folder: string
let api: TestApi

beforeAll(async () => {
  folder = await temporaryFolder('cli-exceptions')
  api = await startTestApi()
  writeFileSync(join(folder, 'api-key'), await api.createKey('exceptions:write'))
  writeFileSync(join(folder, 'other-key'), await api.createKey('signatures:write'))
  const result = aResult({ findings: [aFinding({ sha256: Buffer.alloc(32, 1), path: Buffer.from('/srv/eicar.com') })] })
  await post(api, '/api/v1/scan/results', await api.createKey('ingestion'), batchBody([result]))
})
afterAll(async () => {
  await api?.close()
  rmSync(folder, { recursive: true, force: true })
})

const SHA256 = '01'.repeat(32)
const REASON = 'EICAR file of the tests'
const run = (...args: string[]) =>
  captureOutput(() => runCli(['exceptions', ...args, '--url', api.url, '--api-key-file', join(folder, 'api-key')]))

test('previews, creates, lists and revokes an exception', async () => {
  const seen = await run('preview', '--sha256', SHA256)
  expect(seen).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('In the last 30 days: 1 finding in 1 incident, 1 of them') })
  expect(seen.stdout).toMatch(/Test\.Signature-1 {2}test {2}shop\/shop-1 {2}\/srv\/eicar\.com/)
  const created = await run('create', '--sha256', SHA256, '--namespace', 'shop', '--reason', REASON, '--days', '90', '--json')
  const { exceptionId, ...facts } = JSON.parse(created.stdout) as ExceptionView
  expect(facts).toMatchObject({ criteria: { sha256: SHA256, namespace: 'shop' }, reason: REASON, createdBy: 'exceptions:write' })
  const listed = await run('list', '--state', 'active')
  expect(listed.stdout).toMatch(/^ID +STATE +EXPIRES +HITS +LAST HIT +AUTHOR +CRITERIA +REASON\n/)
  expect(listed.stdout).toMatch(
    new RegExp(
      `\\n${exceptionId} +active +\\d{4}-\\d\\d-\\d\\d +0 +- +exceptions:write +sha256=010101010101… namespace=shop +${REASON}\\n`,
    ),
  )
  expect(await run('revoke', String(exceptionId))).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is revoked') })
  expect(JSON.parse((await run('list', '--json')).stdout)).toMatchObject([{ exceptionId, state: 'revoked' }])
  expect((await run('list', '--unused')).stdout).toBe('No exceptions.\n')
})

test('a broad exception requires --confirm-broad', async () => {
  const broad = ['create', '--namespace', 'ci', '--reason', REASON, '--never']
  expect(await run(...broad)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('confirm with confirmBroad') })
  expect(await run(...broad, '--confirm-broad')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It never expires.') })
  expect((await run('preview', '--namespace', 'ci')).stdout).toContain('requires --confirm-broad')
})

test.each([
  { args: ['create', '--reason', REASON], exitCode: 1, stderr: 'must have at least one criterion' },
  { args: ['create', '--sha256', SHA256], exitCode: 2, stderr: "required option '--reason <text>' not specified" },
  { args: ['create', '--sha256', SHA256, '--reason', REASON, '--days', '400'], exitCode: 2, stderr: 'from 1 to 365' },
  { args: ['revoke', 'x'], exitCode: 2, stderr: 'must be the id of an exception' },
  { args: ['revoke', '999'], exitCode: 1, stderr: 'Exception not found' },
])('rejects $args', async ({ args, exitCode, stderr }) => {
  expect(await run(...args)).toMatchObject({ exitCode, stderr: expect.stringContaining(stderr) })
})

test('names the missing scope of a key', async () => {
  const args = ['exceptions', 'list', '--url', api.url, '--api-key-file', join(folder, 'other-key')]
  const refused = await captureOutput(() => runCli(args))
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Create an API key with the scope exceptions:write') })
})
