import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '@guardimesh/kit'
import { afterAll, expect, test } from 'vitest'
import { readApiConfig } from './api-config.js'
import { readCommandConfig } from './command-config.js'
import { readNewPassword } from './new-password.js'
import { readWorkerConfig } from './worker-config.js'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
const passwordFile = join(folder, 'password')
writeFileSync(passwordFile, 'p@ss/wörd\n')
afterAll(() => rmSync(folder, { recursive: true }))

const DATABASE_URL = 'postgres://guardimesh@db.example:5432/guardimesh?sslmode=require'
const keyFile = join(folder, 'encryption-key')
const KEYS = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
writeFileSync(keyFile, `${KEYS[0].toString('base64')}\n`)
/** Required settings of API and worker. */
const REQUIRED = { DATABASE_URL, ENCRYPTION_KEY_FILE: keyFile }

test('adds the escaped password from the file to the URL and keeps its parameters', () => {
  const { databaseUrl } = readCommandConfig({ DATABASE_URL, DATABASE_PASSWORD_FILE: passwordFile })
  const url = new URL(databaseUrl)
  expect(decodeURIComponent(url.password)).toBe('p@ss/wörd')
  expect(url.search).toBe('?sslmode=require')
})

test('fills in the defaults of the API', () => {
  expect(readApiConfig({ ...REQUIRED, PORT: '9000' })).toMatchObject({
    listenHost: '127.0.0.1',
    port: 9000,
    publicUrl: new URL('http://127.0.0.1:9000'),
    consoleFolder: undefined,
    firstAdminEmail: 'admin@guardimesh.local',
    logLevel: 'info',
  })
})

test('reads the settings of a cluster', () => {
  const env = {
    TLS_CERTIFICATE_FILE: '/tls/server/tls.crt',
    TLS_KEY_FILE: '/tls/server/tls.key',
    TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8,192.0.2.1',
    SIGNATURE_SERVER_URL: 'https://main-signature-server',
    SIGNATURE_SERVER_CA_FILE: '/tls/ca/ca.crt',
    NODE_LIMIT: '50',
  }
  expect(readApiConfig({ ...REQUIRED, ...env })).toMatchObject({
    tls: { certificateFile: '/tls/server/tls.crt', keyFile: '/tls/server/tls.key' },
    publicUrl: undefined,
    trustedProxies: ['10.0.0.0/8', 'fd00::/8', '192.0.2.1'],
    signatureServer: { url: new URL('https://main-signature-server'), caFile: '/tls/ca/ca.crt', managementKeyFile: undefined },
    limits: { nodes: 50, ingestResultsPerSecond: undefined, apiKeys: undefined },
  })
  const publicUrl = 'https://guardimesh.example'
  expect(readApiConfig({ ...REQUIRED, ...env, PUBLIC_URL: publicUrl }).publicUrl).toEqual(new URL(publicUrl))
})

test('reads the same signature server settings for API and worker', () => {
  const env = {
    ...REQUIRED,
    SIGNATURE_SERVER_URL: 'https://main-signature-server',
    SIGNATURE_SERVER_CA_FILE: '/tls/ca/ca.crt',
    SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: passwordFile,
  }
  const expected = { url: new URL('https://main-signature-server'), caFile: '/tls/ca/ca.crt', managementKeyFile: passwordFile }
  expect(readApiConfig(env).signatureServer).toEqual(expected)
  expect(readWorkerConfig({ ...env, PROBE_PORT: '9100' }).signatureServer).toEqual(expected)
  expect(readWorkerConfig({ ...REQUIRED, PROBE_PORT: '9100' }).signatureServer).toBeUndefined()
})

test('accepts a socket or a port for the probes of the worker', () => {
  expect(readWorkerConfig({ ...REQUIRED, PROBE_PORT: '9100' }).probeAddress).toEqual({ host: '::', port: 9100 })
  for (const env of [{}, { PROBE_PORT: '9100', PROBE_SOCKET: '/run/x.sock' }])
    expect(() => readWorkerConfig({ ...REQUIRED, ...env })).toThrow(/set one of PROBE_SOCKET/)
})

test('requires readable certificate authorities for notifications', () => {
  const env = { ...REQUIRED, PROBE_PORT: '9100' }
  expect(readWorkerConfig(env).notificationCaFile).toBeUndefined()
  for (const file of [join(folder, 'missing'), passwordFile])
    expect(() => readWorkerConfig({ ...env, NOTIFICATION_CA_FILE: file })).toThrow(/invalid CA file/)
})

test('fills in the defaults of the worker', () => {
  expect(readWorkerConfig({ ...REQUIRED, PROBE_SOCKET: '/run/x.sock' })).toMatchObject({
    retentionDays: 180,
    probeAddress: { socketPath: '/run/x.sock' },
  })
})

test.each([
  { name: 'no database', env: { ENCRYPTION_KEY_FILE: keyFile } },
  { name: 'no encryption key', env: { DATABASE_URL } },
  { name: 'a missing encryption key', env: { DATABASE_URL, ENCRYPTION_KEY_FILE: join(folder, 'missing') } },
  { name: 'another database', env: { ...REQUIRED, DATABASE_URL: 'mysql://a@b/c' } },
  { name: 'a password in the URL', env: { ...REQUIRED, DATABASE_URL: 'postgres://a:secret@b/c' } },
  { name: 'a missing password file', env: { ...REQUIRED, DATABASE_PASSWORD_FILE: join(folder, 'missing') } },
  { name: 'an invalid port', env: { ...REQUIRED, PORT: '80a' } },
  { name: 'a public URL with another scheme', env: { ...REQUIRED, PUBLIC_URL: 'ftp://x' } },
  { name: 'a certificate without its key', env: { ...REQUIRED, TLS_CERTIFICATE_FILE: '/tls/server/tls.crt' } },
  { name: 'a key without its certificate', env: { ...REQUIRED, TLS_KEY_FILE: '/tls/server/tls.key' } },
  { name: 'a signature server without TLS', env: { ...REQUIRED, SIGNATURE_SERVER_URL: 'http://signatures' } },
  {
    name: 'a missing management key',
    env: { ...REQUIRED, SIGNATURE_SERVER_URL: 'https://signatures', SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: join(folder, 'missing') },
  },
  { name: 'a limit of 0', env: { ...REQUIRED, NODE_LIMIT: '0' } },
  ...['10.0.0.0/33', 'fd00::/129', 'proxy.example', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8;10.1.0.0/16'].map((list) => ({
    name: `the proxies ${list}`,
    env: { ...REQUIRED, TRUSTED_PROXIES: list },
  })),
])('rejects $name', ({ env }) => {
  expect(() => readApiConfig(env)).toThrow(ConfigError)
})

test('never includes the password in an error', () => {
  expect(() => readCommandConfig({ DATABASE_URL: 'postgres://a:secret@b/c' })).not.toThrow('secret')
})

test.each([
  { name: 'one line', content: 'correct horse battery', expected: 'correct horse battery' },
  { name: 'a line end', content: 'correct horse battery\n', expected: 'correct horse battery' },
  { name: 'a line end of Windows and a byte order mark', content: '\uFEFFcorrect horse battery\r\n', expected: 'correct horse battery' },
  { name: 'spaces, which belong to the password', content: ' correct horse battery  \n', expected: ' correct horse battery  ' },
])('reads a new password from a file with $name', ({ content, expected }) => {
  const path = join(folder, 'new-password')
  writeFileSync(path, content)
  expect(readNewPassword(path)).toBe(expected)
})

test.each([
  { name: 'several lines', content: 'correct horse battery\nsecond line\n', reason: /one line/ },
  { name: 'a short password', content: 'elevenchars\n', reason: /at least 12 characters/ },
  { name: 'too many bytes', content: `${'ä'.repeat(37)}\n`, reason: /at most 72 bytes/ },
  { name: 'nothing', content: '\n', reason: /at least 12 characters/ },
])('rejects a password file with $name', ({ content, reason }) => {
  const path = join(folder, 'new-password')
  writeFileSync(path, content)
  expect(() => readNewPassword(path)).toThrow(reason)
})

test('reads networks that webhooks may reach', () => {
  const env = { DATABASE_URL, DATABASE_PASSWORD_FILE: passwordFile, PROBE_PORT: '1' }
  expect(() => readWorkerConfig({ ...env, NOTIFICATION_ALLOWED_NETWORKS: '10.96.7.7/33' })).toThrow(/"10\.96\.7\.7\/33" is neither/)
})

test('reads the encryption keys of API and worker, the first one first', () => {
  const path = join(folder, 'rotated-keys')
  writeFileSync(path, `${KEYS[1].toString('base64')}\r\n\n  ${KEYS[0].toString('base64url')}\n`)
  const env = { DATABASE_URL, ENCRYPTION_KEY_FILE: path, PROBE_PORT: '9100' }
  expect(readApiConfig(env).encryptionKeys).toEqual([KEYS[1], KEYS[0]])
  expect(readWorkerConfig(env).encryptionKeys).toEqual([KEYS[1], KEYS[0]])
})

const key = KEYS[0].toString('base64')
test.each([
  { name: 'an empty file', content: '', reason: /is empty/ },
  { name: 'a short key', content: Buffer.alloc(31).toString('base64'), reason: /the key 1 .* is invalid/ },
  { name: 'a long key', content: Buffer.alloc(33).toString('base64'), reason: /the key 1 .* is invalid/ },
  { name: 'hexadecimal digits', content: KEYS[0].toString('hex'), reason: /the key 1 .* openssl rand -base64 32/ },
  { name: 'an invalid second key', content: `${key}\nsecret-word`, reason: /the key 2 .* is invalid/ },
  { name: 'too many keys', content: `${key}\n`.repeat(11), reason: /has 11 keys/ },
])('rejects an encryption key file with $name, without its content', ({ content, reason }) => {
  const path = join(folder, 'invalid-keys')
  writeFileSync(path, content)
  expect(() => readApiConfig({ DATABASE_URL, ENCRYPTION_KEY_FILE: path })).toThrow(reason)
  expect(() => readApiConfig({ DATABASE_URL, ENCRYPTION_KEY_FILE: path })).not.toThrow('secret-word')
})
