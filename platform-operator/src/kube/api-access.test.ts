import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '@guardimesh/kit'
import { afterAll, expect, test } from 'vitest'
import { findApiAccess } from './api-access.js'

const folder = mkdtempSync(join(tmpdir(), 'api-access-'))
afterAll(() => rmSync(folder, { recursive: true }))

const FILE = {
  'current-context': 'b',
  contexts: [
    { name: 'a', context: { cluster: 'x', user: 'x' } },
    { name: 'b', context: { cluster: 'y', user: 'y' } },
  ],
  clusters: [
    { name: 'y', cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority-data': Buffer.from('PEM').toString('base64') } },
  ],
  users: [{ name: 'y', user: { token: 'secret' } }],
}

function fileWith(content: unknown): NodeJS.ProcessEnv {
  const file = join(folder, 'config')
  writeFileSync(file, JSON.stringify(content))
  return { KUBECONFIG: file }
}

test('reads the current context of a file', async () => {
  const { server, ca, token } = findApiAccess(fileWith(FILE))
  expect([server, ca, await token()]).toEqual(['https://127.0.0.1:6443', 'PEM', 'secret'])
})

test.each([
  { name: 'neither pod nor file', env: () => ({}), message: 'run in a pod with a service account' },
  { name: 'no such file', env: () => ({ KUBECONFIG: join(folder, 'none') }), message: 'failed to read' },
  { name: 'a user without token', env: () => fileWith({ ...FILE, users: [{ name: 'y', user: {} }] }), message: 'a user with a token' },
  { name: 'a file of another format', env: () => fileWith({ a: 1 }), message: 'invalid' },
])('rejects $name', ({ env, message }) => {
  expect(() => findApiAccess(env())).toThrow(ConfigError)
  expect(() => findApiAccess(env())).toThrow(message)
})
