import { chmod, chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeCertificate } from '../certificate.js'
import { type RunningProgram, UnpackedImage } from './unpacked-image.js'

const ENTRY = ['/usr/bin/guardimesh-postgres']
const WRITABLE = ['/tmp', '/var/lib/postgresql', '/secrets', '/tls']
const ENV = {
  PASSWORD_FILE: '/secrets/password',
  TLS_CERTIFICATE_FILE: '/tls/tls.crt',
  TLS_KEY_FILE: '/tls/tls.key',
}
const START = { env: ENV, writable: WRITABLE }

let image: UnpackedImage

beforeAll(async () => {
  image = await UnpackedImage.unpack('postgres')
  await writePassword("it's the first")
  await writeCertificate('first.example')
})
afterAll(() => image.remove())

async function writePassword(password: string): Promise<void> {
  await writeFile(join(await image.writableFolder('/secrets'), 'password'), `${password}\n`)
}

async function writeCertificate(name: string): Promise<void> {
  const { certificate, key } = await makeCertificate(name)
  const folder = await image.writableFolder('/tls')
  await writeFile(join(folder, 'tls.crt'), certificate)
  await writeFile(join(folder, 'tls.key'), key)
  // Like a Secret volume of Kubernetes: owned by root, readable by the group.
  await chmod(join(folder, 'tls.key'), 0o640)
  await chown(join(folder, 'tls.key'), 0, 65_532)
}

async function startServer(): Promise<RunningProgram> {
  const server = await image.start(ENTRY, START)
  const ended = server.ended.then(({ output }) => Promise.reject(new Error(output)))
  const isReady = async () => (await server.exec(['pg_isready', '--host=127.0.0.1'])).code === 0
  await Promise.race([ended, vi.waitUntil(isReady, { timeout: 120_000, interval: 200 })])
  ended.catch(() => undefined)
  return server
}

const overNetwork = (user: string, password: string, mode = 'require') =>
  `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1/guardimesh?sslmode=${mode}`
const query = (server: RunningProgram, where: string, sql: string) =>
  server.exec(['psql', where, '--no-psqlrc', '--tuples-only', '--no-align', '--command', sql])

async function stopServer(server: RunningProgram): Promise<void> {
  server.signal('SIGTERM')
  expect((await server.ended).code).toBe(0)
}

test('initializes an empty volume, and accepts only TLS with the password', async () => {
  const server = await startServer()
  expect((await query(server, overNetwork('guardimesh', "it's the first"), 'SHOW data_checksums')).output).toBe('on\n')
  const encoding = "SELECT pg_encoding_to_char(encoding), datcollate, pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'guardimesh'"
  expect((await query(server, overNetwork('guardimesh', "it's the first"), encoding)).output).toBe('UTF8|C.UTF-8|guardimesh\n')
  expect((await query(server, overNetwork('guardimesh', 'wrong'), 'SELECT 1')).output).toContain('password authentication failed')
  expect((await query(server, overNetwork('guardimesh', "it's the first", 'disable'), 'SELECT 1')).output).toContain('no encryption')
  expect((await query(server, 'dbname=guardimesh', 'CREATE TABLE kept AS SELECT 42 AS answer')).code).toBe(0)
  expect((await server.exec(['pg_dump', '--dbname=guardimesh', '--schema-only'])).output).toContain('CREATE TABLE public.kept')
  // An open session does not delay the shutdown.
  const session = server.exec(['psql', 'dbname=guardimesh', '--command', 'SELECT pg_sleep(3600)'])
  await vi.waitUntil(
    async () =>
      (await query(server, 'dbname=guardimesh', "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%'")).output !== '1\n',
  )
  await stopServer(server)
  expect((await session).code).not.toBe(0)
  expect(server.output()).not.toContain("it's the first")
})

test('sets a new password on an existing volume, and serves a renewed certificate without a restart', async () => {
  await writePassword('the second')
  const server = await startServer()
  expect((await query(server, overNetwork('guardimesh', "it's the first"), 'SELECT 1')).output).toContain('password authentication failed')
  expect((await query(server, overNetwork('guardimesh', 'the second'), 'CREATE TABLE mine ()')).code).toBe(0)
  await writeCertificate('second.example')
  const showCertificate = ['openssl', 's_client', '-connect', '127.0.0.1:5432', '-starttls', 'postgres']
  await expect
    .poll(async () => (await server.execOnMachine(showCertificate)).output, { timeout: 30_000, interval: 500 })
    .toContain('subject=CN = second.example')
  expect((await query(server, overNetwork('guardimesh', 'the second'), 'SELECT 1')).output).toBe('1\n')
  await stopServer(server)
})
