import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '@guardimesh/kit'
import { afterAll, expect, test } from 'vitest'
import { readApiConfig } from './api-config.js'
import { readCommandConfig } from './command-config.js'
import { readWorkerConfig } from './worker-config.js'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
const passwordFile = join(folder, 'password')
writeFileSync(passwordFile, 'p@ss/wörd\n')
afterAll(() => rmSync(folder, { recursive: true }))

const DATABASE_URL = 'postgres://guardimesh@db.example:5432/guardimesh?sslmode=require'

test('the password of the file is part of the URL, escaped; the other parameters stay', () => {
  const { databaseUrl } = readCommandConfig({ DATABASE_URL, DATABASE_PASSWORD_FILE: passwordFile })
  const url = new URL(databaseUrl)
  expect(decodeURIComponent(url.password)).toBe('p@ss/wörd')
  expect(url.search).toBe('?sslmode=require')
})

test('defaults of the API', () => {
  expect(readApiConfig({ DATABASE_URL, PORT: '9000' })).toMatchObject({
    listenHost: '127.0.0.1',
    port: 9000,
    publicUrl: new URL('http://127.0.0.1:9000'),
    consoleFolder: undefined,
    firstAdminEmail: 'admin@guardimesh.local',
    logLevel: 'info',
  })
})

test('defaults of the worker', () => {
  expect(readWorkerConfig({ DATABASE_URL, PROBE_SOCKET: '/run/x.sock' })).toMatchObject({
    retentionDays: 180,
    probeSocketPath: '/run/x.sock',
  })
})

test.each([
  { name: 'no database', env: {} },
  { name: 'another database', env: { DATABASE_URL: 'mysql://a@b/c' } },
  { name: 'a password in the URL', env: { DATABASE_URL: 'postgres://a:secret@b/c' } },
  { name: 'a password file that is not there', env: { DATABASE_URL, DATABASE_PASSWORD_FILE: join(folder, 'missing') } },
  { name: 'a port that is none', env: { DATABASE_URL, PORT: '80a' } },
  { name: 'a public address of another kind', env: { DATABASE_URL, PUBLIC_URL: 'ftp://x' } },
])('refused: $name', ({ env }) => {
  expect(() => readApiConfig(env)).toThrow(ConfigError)
})

test('a refusal never shows the password', () => {
  expect(() => readCommandConfig({ DATABASE_URL: 'postgres://a:secret@b/c' })).not.toThrow('secret')
})
