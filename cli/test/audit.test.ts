import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'

let folder: string
let api: TestApi

beforeAll(async () => {
  folder = await temporaryFolder('cli-audit')
  api = await startTestApi()
  writeFileSync(join(folder, 'key'), await api.createKey('audit:read'))
  writeFileSync(join(folder, 'other-key'), await api.createKey('console:read'))
  await api.query('TRUNCATE audit_log')
  for (const name of ['alice', 'bob\u001b[2J'])
    await api.query(`INSERT INTO audit_log (actor_kind, actor_name, action, target) VALUES ('system', $1, 'api-key.create', 'x')`, [name])
})
afterAll(async () => {
  await api?.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (command: string, ...args: string[]) =>
  captureOutput(() => runCli(['audit', command, '--url', api.url, '--api-key-file', join(folder, 'key'), ...args]))

test('lists entries with filters, as lines that are safe for the terminal and as JSON', async () => {
  const listed = await run('list')
  expect(listed.exitCode).toBe(0)
  expect(listed.stdout).toMatch(/^ {7}2 {2}\S+Z {2}success {2}api-key\.create {16}bob\\x1b\[2J {2}- {2}x\n {7}1 .*alice/)
  const { stdout } = await run('list', '--actor', 'alice', '--json')
  expect(JSON.parse(stdout)).toMatchObject([{ position: 1, actorName: 'alice' }])
  expect((await run('list', '--limit', '0')).exitCode).toBe(2)
  expect(await run('list', '--since', 'yesterday')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ISO 8601') })
})

test('names the missing scope of a key', async () => {
  const refused = await run('list', '--api-key-file', join(folder, 'other-key'))
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Create an API key with the scope audit:read') })
})

test('saves a complete export', async () => {
  const [ndjson, csv] = [join(folder, 'audit.ndjson'), join(folder, 'audit.csv')]
  expect(await run('export', '--action', 'api-key.create', '--output', ndjson)).toMatchObject({
    exitCode: 0,
    stdout: `Wrote 2 entries to ${ndjson}.\n`,
  })
  expect(readFileSync(ndjson, 'utf8').trimEnd().split('\n')).toHaveLength(3)
  expect((await run('export', '--actor', 'alice', '--format', 'csv', '--output', csv)).stdout).toBe(`Wrote 1 entry to ${csv}.\n`)
  expect(readFileSync(csv, 'utf8')).toContain('# complete: 1 rows')
})

test('does not write a file for an interrupted export', async () => {
  const server = createServer((_request, response) => response.end('{"position":1}\n')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const path = join(folder, 'broken.ndjson')
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const broken = await run('export', '--output', path, '--url', url)
  server.close()
  expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The export was interrupted') })
  expect(() => readFileSync(path)).toThrow('ENOENT')
  expect(() => readFileSync(`${path}.partial`)).toThrow('ENOENT')
})

test('verifies the log, and names a changed entry', async () => {
  const intact = await run('verify')
  expect(intact).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The audit log is intact') })
  const known = /--position (\d+) --hash ([0-9a-f]{64})/.exec(intact.stdout)
  expect((await run('verify', '--position', known?.[1] ?? '', '--hash', known?.[2] ?? '')).exitCode).toBe(0)
  await api.query(`ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only; UPDATE audit_log SET target = 'y' WHERE position = 2`)
  const broken = await run('verify')
  expect(broken).toMatchObject({
    exitCode: 1,
    stdout: 'The audit log is not intact: entry 2 was changed after it was written.\nIntact before it: 1 entry.\n',
  })
})
