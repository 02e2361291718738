import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { newApiKey } from '@guardimesh/kit'
import { runStatement } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { createTestDatabase, sharedPostgres, type TestDatabase } from '@guardimesh/testbed/test-database.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'
import { type ExecCluster, startExecCluster } from './fixture/exec-cluster.js'

const NAMESPACE = 'guardimesh-system'
const PLATFORM = `/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/guardimeshplatforms/gm`
/** The built programs, as in /app of the backend's image. */
const APP = resolve(import.meta.dirname, '../..')

let folder: string
let database: TestDatabase
let cluster: ExecCluster
let run: (...args: string[]) => ReturnType<typeof captureOutput>

beforeAll(async () => {
  folder = await temporaryFolder('cli-password')
  database = await createTestDatabase(await sharedPostgres())
  const settings = { DATABASE_URL: database.url, DATABASE_PASSWORD_FILE: database.passwordFile }
  await setUp(settings)
  const env = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  cluster = await startExecCluster((_, [, script = '', ...args]) => [
    'env',
    ...env,
    process.execPath,
    script.replace(/^\/app/, APP),
    ...args,
  ])
  cluster.objects.set(PLATFORM, { metadata: { name: 'gm' }, spec: { administrator: { email: 'first@example.org' } } })
  cluster.objects.set(`/api/v1/namespaces/${NAMESPACE}/pods/gm-backend-1`, {
    metadata: { name: 'gm-backend-1', labels: { 'app.kubernetes.io/instance': 'gm', 'app.kubernetes.io/component': 'backend' } },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })
  writeFileSync(join(folder, 'kubeconfig'), cluster.kubeConfig.exportConfig())
  run = (...args) => captureOutput(() => runCli(['password', '--kubeconfig', join(folder, 'kubeconfig'), ...args]))
})
afterAll(async () => {
  await cluster?.stop()
  await database?.drop()
  await (await sharedPostgres()).stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** Creates the schema and the first administrator, like the operator's Job. */
async function setUp(settings: Record<string, string>): Promise<void> {
  writeFileSync(join(folder, 'password'), 'the first password')
  writeFileSync(join(folder, 'key'), newApiKey().key)
  const env = {
    ...settings,
    FIRST_ADMIN_EMAIL: 'first@example.org',
    ADMIN_PASSWORD_FILE: join(folder, 'password'),
    INGESTION_KEY_FILE: join(folder, 'key'),
    TERMINATION_LOG: join(folder, 'last-word'),
  }
  await promisify(execFile)(process.execPath, [join(APP, 'backend/dist/set-up.js')], { env })
}

const passwordHash = async () => {
  const [row] = await runStatement(database.url, database.passwordFile, 'SELECT password_hash FROM accounts')
  return (row as { password_hash: string }).password_hash
}

test('sets and prints a new password for the first administrator', async () => {
  const before = await passwordHash()
  const { exitCode, stdout, stderr } = await run()
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^E-mail {4}first@example\.org\nPassword {2}[A-Za-z2-9]{20}\n$/)
  expect(await passwordHash()).not.toBe(before)
})

test('reports the error message of the backend for a missing account', async () => {
  const before = await passwordHash()
  expect(await run('--email', 'nobody@example.org')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('account nobody@example.org not found'),
  })
  expect(await passwordHash()).toBe(before)
})
