import { chownSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { type RunningChild, startChild } from '@guardimesh/testbed/child-process.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { unprivilegedUser } from '@guardimesh/testbed/unprivileged-user.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'
import { type ExecCluster, startExecCluster } from './fixture/exec-cluster.js'

/** Same version and folder as in the image. */
const PROGRAMS = '/usr/lib/postgresql/15/bin'
const NAMESPACE = 'guardimesh-system'
const PLATFORM = `/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/guardimeshplatforms/gm`
const deployment = (name: string) => `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${name}`

let folder: string
let database: RunningChild
let cluster: ExecCluster
let flags: string[]
/** Makes pg_restore fail. */
let spoilRestore = false

beforeAll(async () => {
  folder = await temporaryFolder('cli-backup')
  const user = await unprivilegedUser()
  mkdirSync(join(folder, 'postgres'))
  if (user) chownSync(join(folder, 'postgres'), user.uid, user.gid)
  const data = join(folder, 'postgres/data')
  await runChecked(`${PROGRAMS}/initdb`, ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync'], user)
  const args = ['-D', data, '-k', join(folder, 'postgres'), '-c', 'listen_addresses=', '-c', 'fsync=off']
  const isReady = async () => (await query('postgres', 'SELECT 1')) === '1'
  database = await startChild({ name: 'postgres', command: `${PROGRAMS}/postgres`, args, folder: join(folder, 'run'), user, isReady })
  await query('postgres', 'CREATE ROLE guardimesh LOGIN')
  await query('postgres', 'CREATE DATABASE guardimesh OWNER guardimesh')
  await query('guardimesh', 'CREATE TABLE schema_history (id serial, "timestamp" bigint, name text)')
  await query('guardimesh', `INSERT INTO schema_history ("timestamp", name) VALUES (1795000000001, 'First1795000000001')`)
  await query('guardimesh', 'CREATE TABLE findings AS SELECT n, repeat(md5(n::text), 20) AS text FROM generate_series(1, 20000) n')
  await query('guardimesh', 'ALTER TABLE findings OWNER TO guardimesh')
  writeGeneration('one')
  cluster = await startExecCluster((container, command) =>
    [...command, ...(spoilRestore && command.some((word) => word.endsWith('pg_restore')) ? ['--jobs=2'] : [])].map((word) =>
      word
        .replace(/^\/usr\/bin\/node$/, process.execPath)
        .replaceAll('--host=/tmp', `--host=${join(folder, 'postgres')}`)
        .replace(/^\/signatures$/, join(folder, container === 'postgres' ? 'none' : 'signatures')),
    ),
  )
  fillCluster()
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, cluster.kubeConfig.exportConfig())
  flags = ['--kubeconfig', kubeconfig]
})
afterAll(async () => {
  await cluster?.stop()
  await database?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function query(name: string, sql: string): Promise<string> {
  const login = ['--host', join(folder, 'postgres'), '--username=postgres', '--no-psqlrc', '--tuples-only', '--no-align', '--quiet']
  return (await runChecked(`${PROGRAMS}/psql`, [...login, `--dbname=${name}`, `--command=${sql}`])).trim()
}

function writeGeneration(name: string): void {
  const generation = join(folder, 'signatures/generations', name)
  mkdirSync(generation, { recursive: true })
  writeFileSync(join(generation, 'main.cvd'), name.repeat(300_000))
  rmSync(join(folder, 'signatures/current'), { force: true })
  symlinkSync(`generations/${name}`, join(folder, 'signatures/current'))
}

function fillCluster(): void {
  const pod = (name: string, component: string) =>
    cluster.objects.set(`/api/v1/namespaces/${NAMESPACE}/pods/${name}`, {
      metadata: { name, labels: { 'app.kubernetes.io/instance': 'gm', 'app.kubernetes.io/component': component } },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    })
  cluster.objects.set(PLATFORM, { metadata: { name: 'gm' }, spec: {}, status: { version: '1.2.3' } })
  for (const [name, replicas] of [
    ['gm-backend', 3],
    ['gm-worker', 1],
  ] as const)
    cluster.objects.set(deployment(name), { metadata: { name }, spec: { replicas } })
  pod('gm-postgres-0', 'postgres')
  pod('gm-signature-server-1', 'signature-server')
}

const runOffline = (...args: string[]) => captureOutput(() => runCli(args))
const run = (...args: string[]) => runOffline(...args, ...flags)
const databases = () =>
  query('postgres', "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE 'guardimesh%'")
const output = () => join(folder, 'backup.tar')

test('backs up and restores the database and the signatures', async () => {
  const made = await run('backup', '--output', output())
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('schema First1795000000001, not encrypted, not signed') })
  expect(statSync(output()).mode & 0o777).toBe(0o600)
  expect((await runChecked('tar', ['-tf', output()])).split('\n')).toEqual([
    'database.dump.000001',
    'signatures.tar.000001',
    'backup.json',
    '',
  ])
  await query('guardimesh', 'DELETE FROM findings WHERE n > 5')
  writeGeneration('two')
  cluster.changes.length = 0
  // There are no controllers, so backend and worker have no pods from the start.
  const restored = await run('restore', output())
  expect(restored).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Restored gm from') })
  expect(await query('guardimesh', 'SELECT count(*) FROM findings')).toBe('20000')
  expect(await query('guardimesh', "SELECT tableowner FROM pg_tables WHERE tablename = 'findings'")).toBe('guardimesh')
  expect(await databases()).toBe('guardimesh')
  expect(readlinkSync(join(folder, 'signatures/current'))).toBe('generations/one')
  expect(readFileSync(join(folder, 'signatures/generations/one/main.cvd'), 'utf8')).toBe('one'.repeat(300_000))
  expect(cluster.objects.get(deployment('gm-backend'))).toEqual({
    metadata: { name: 'gm-backend', annotations: {} },
    spec: { replicas: 3 },
  })
  expect(cluster.objects.get(PLATFORM)).toMatchObject({ metadata: { name: 'gm', annotations: {} } })
  expect(cluster.changes.map((change) => change.split('/').at(-1)?.slice(0, 60))).toEqual([
    'paused":"true"}}}',
    expect.stringContaining('replicas-before-restore":"3"}},"spec":{"replicas":0}}'),
    expect.stringContaining('replicas-before-restore":"1"}},"spec":{"replicas":0}}'),
    expect.stringContaining('replicas-before-restore":null}},"spec":{"replicas":3}}'),
    expect.stringContaining('replicas-before-restore":null}},"spec":{"replicas":1}}'),
    'paused":null}}}',
    'gm-signature-server-1',
  ])
  fillCluster()
})

test('keeps the old database after an interrupted restore, which can be repeated', async () => {
  await query('guardimesh', "INSERT INTO findings VALUES (0, 'after the backup')")
  for (const text of ['pg_restore', 'ALTER DATABASE']) {
    cluster.breakNext(text)
    expect(await run('restore', output())).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('The connection to the pod gm-postgres-0 was lost'),
    })
    expect(await query('guardimesh', 'SELECT count(*) FROM findings')).toBe('20001')
    expect(cluster.objects.get(deployment('gm-backend'))).toMatchObject({ spec: { replicas: 3 } })
  }
  expect(await databases()).toBe('guardimesh guardimesh_restoring')
  expect(await run('restore', output())).toMatchObject({ exitCode: 0 })
  expect(await query('guardimesh', 'SELECT count(*) FROM findings')).toBe('20000')
  expect(await databases()).toBe('guardimesh')
  fillCluster()
})

test('reports the error message of PostgreSQL for a failed restore', async () => {
  spoilRestore = true
  const refused = await run('restore', output())
  spoilRestore = false
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^guardimesh: .* failed: pg_restore: error: parallel restore/m),
  })
  expect(await query('guardimesh', 'SELECT count(*) FROM findings')).toBe('20000')
  expect(cluster.objects.get(PLATFORM)).toMatchObject({ metadata: { name: 'gm' } })
})

test('restores the number of pods after a killed restore', async () => {
  cluster.objects.set(deployment('gm-backend'), {
    metadata: { name: 'gm-backend', annotations: { 'guardimesh.io/replicas-before-restore': '3' } },
    spec: { replicas: 0 },
  })
  expect(await run('restore', output())).toMatchObject({ exitCode: 0 })
  expect(cluster.objects.get(deployment('gm-backend'))).toMatchObject({ spec: { replicas: 3 } })
  fillCluster()
})

test('leaves no file after an interrupted backup', async () => {
  cluster.breakNext('pg_dump')
  const path = join(folder, 'broken.tar')
  expect(await run('backup', '--output', path)).toMatchObject({ exitCode: 1 })
  expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false)
})

test.each([
  { name: 'damaged', change: (bytes: Buffer) => bytes.fill(1, 5_000, 5_001), message: 'database.dump in the backup is damaged' },
  { name: 'truncated', change: (bytes: Buffer) => bytes.subarray(0, bytes.length - 3_000), message: 'or incomplete' },
  { name: 'another file format', change: () => Buffer.alloc(5_000, 7), message: 'Not a Guardimesh backup' },
])('a backup that is $name is refused, and nothing is changed', async ({ name, change, message }) => {
  const path = join(folder, `${name}.tar`)
  writeFileSync(path, change(readFileSync(output())))
  cluster.changes.length = 0
  expect(await run('restore', path)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  expect(cluster.changes).toEqual([])
})

test('restores an encrypted and signed backup with its keys only', async () => {
  const file = (name: string) => join(folder, name)
  const created = await runOffline('backup-keygen', file('identity.txt'))
  const recipient = created.stdout.trim().split('\n').at(-1) ?? ''
  await runOffline('backup-keygen', file('other.txt'))
  await runOffline('bundle', 'keygen', file('site'))
  await runOffline('bundle', 'keygen', file('other'))
  const sealed = file('sealed.age')
  expect(await run('backup', '--output', sealed, '--recipient', recipient, '--sign-with', file('site.key'))).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/, encrypted, signed\n$/),
  })
  await query('guardimesh', 'DELETE FROM findings')
  cluster.changes.length = 0
  for (const { flags, message } of [
    { flags: [], message: 'The backup is encrypted: give its key' },
    { flags: ['--identity', file('other.txt')], message: 'the key is wrong' },
    { flags: ['--identity', file('identity.txt'), '--verify-with', file('other.pub')], message: 'is not signed with the key SHA256:' },
  ])
    expect(await run('restore', sealed, ...flags)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  expect(await databases()).toBe('guardimesh')
  expect(cluster.changes).toEqual([])
  const restored = await run('restore', sealed, '--identity', file('identity.txt'), '--verify-with', file('site.pub'))
  expect(restored).toMatchObject({ exitCode: 0 })
  expect(await query('guardimesh', 'SELECT count(*) FROM findings')).toBe('20000')
  fillCluster()
})

test('accepts either recipients or a passphrase', async () => {
  for (const args of [
    ['backup', '--output', output(), '--recipient', 'age1x', '--passphrase-file', 'x'],
    ['restore', output(), '--identity', 'x', '--passphrase-file', 'x'],
  ])
    expect(await run(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be used with option') })
})

test('rejects a backup of a newer schema', async () => {
  await query('guardimesh', `UPDATE schema_history SET "timestamp" = 1694000000000, name = 'Older1694000000000'`)
  expect(await run('restore', output())).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is newer than Older1694000000000') })
})

test('rejects an external database', async () => {
  cluster.objects.set(PLATFORM, { metadata: { name: 'gm' }, spec: { database: { type: 'External' } } })
  expect(await run('backup', '--output', output())).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('is external: back it up'),
  })
})
