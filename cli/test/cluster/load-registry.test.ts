import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../src/run-cli.js'
import { type BundleParts, buildFrom, makeParts } from '../fixture/bundle-parts.js'
import { captureOutput } from '../fixture/capture-output.js'
import { type RunningRegistry, startRegistry } from '../fixture/registry.js'

// "guardimesh" with bcrypt, made by htpasswd.
const HTPASSWD = 'loader:$2y$05$z7/BtY1dZ.LrRSkNafXfYuk4/2yrWH090xsj72Z1FKuaJedgIi0oC'
const PASSWORD = 'guardimesh'

let folder: string
let parts: BundleParts
let bundle: string
let authority: TestAuthority
const ends: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-load-'))
  parts = await makeParts(folder)
  bundle = (await buildFrom(parts, join(folder, 'out')))[0] ?? ''
  authority = await createAuthority('registry of a test')
  writeFileSync(join(folder, 'password'), `${PASSWORD}\n`)
  writeFileSync(join(folder, 'wrong'), 'wrong\n')
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  rmSync(folder, { recursive: true, force: true })
  rmSync(authority.folder, { recursive: true, force: true })
})

async function registry(name: string, auth?: object, withTls = true): Promise<RunningRegistry> {
  const own = join(folder, name)
  mkdirSync(own)
  const tls = withTls ? { tls: await authority.issue('IP:127.0.0.1') } : {}
  const running = await startRegistry({ folder: own, ...tls, ...(auth ? { auth } : {}) })
  ends.push(() => running.child.stop())
  return running
}

const load = (...args: string[]) => captureOutput(() => runCli(['bundle', 'load', bundle, '--public-key', parts.publicKeyFile, ...args]))
const copied = (host: string, name: string, ...args: string[]) =>
  runChecked('skopeo', ['inspect', '--raw', ...args, `docker://${host}/security/${name}@${parts.table.images[name as 'backend'].digest}`])

test('pushes images once to a registry with authentication and a private CA', async () => {
  const htpasswd = join(folder, 'htpasswd')
  writeFileSync(htpasswd, HTPASSWD)
  const { host } = await registry('basic', { htpasswd: { realm: 'test', path: htpasswd } })
  const target = ['--registry', `${host}/security`]
  const login = (file: string) => ['--username', 'loader', '--password-file', join(folder, file), '--ca-file', authority.caFile]
  expect(await load(...target)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('specify its authority with --ca-file') })
  expect(await load(...target, '--ca-file', authority.caFile)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('requires authentication'),
  })
  expect(await load(...target, ...login('wrong'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('wrong credentials') })
  const first = await load(...target, ...login('password'))
  expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Load the images: done') })
  expect(first.stdout.match(/^loaded /gm)).toHaveLength(7)
  expect(first.stdout).toContain(`loaded ${host}/security/backend@${parts.table.images.backend.digest}`)
  expect((await load(...target, ...login('password'))).stdout.match(/^exists /gm)).toHaveLength(7)
  const credentials = ['--tls-verify=false', '--creds', `loader:${PASSWORD}`]
  expect(JSON.parse(await copied(host, 'scanner', ...credentials)).layers).toHaveLength(1)
  const tagged = await runChecked('skopeo', ['inspect', ...credentials, `docker://${host}/security/console:9.8.7`])
  expect(JSON.parse(tagged).Digest).toBe(parts.table.images.console.digest)
  // The registry verifies every layer again when it is pulled.
  await runChecked('skopeo', [
    'copy',
    '--src-tls-verify=false',
    '--src-creds',
    `loader:${PASSWORD}`,
    `docker://${host}/security/backend:9.8.7`,
    `dir:${folder}/pulled`,
  ])
})

test('requests a token with the required permissions', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = join(folder, 'jwks.json')
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' }] }))
  const tokens = await startTokenServer(privateKey)
  ends.push(() => new Promise((resolve) => tokens.server.close(resolve)))
  const realm = `http://127.0.0.1:${tokens.port}/token`
  const { host } = await registry('token', { token: { realm, service: 'test', issuer: 'tokens', jwks, signingalgorithms: ['ES256'] } })
  const target = ['--registry', `${host}/security`, '--ca-file', authority.caFile]
  const done = await load(...target, '--username', 'loader', '--password-file', join(folder, 'password'))
  expect(done).toMatchObject({ exitCode: 0 })
  expect(tokens.scopes).toContain('repository:security/backend:pull,push')
  expect(await load(...target)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('authentication is required') })
})

test('resumes an interrupted upload', async () => {
  const { host, port } = await registry('broken', undefined, false)
  const proxy = await startCuttingProxy(port)
  ends.push(() => new Promise((resolve) => proxy.server.close(resolve)))
  const done = await load('--registry', `127.0.0.1:${proxy.port}/security`, '--plain-http')
  expect(done).toMatchObject({ exitCode: 0 })
  expect(proxy.cuts()).toBe(1)
  expect(JSON.parse(await copied(host, 'antivirus', '--tls-verify=false')).layers).toHaveLength(1)
})

test('loads nothing from an invalid bundle, and rejects a missing target', async () => {
  const { host } = await registry('untouched', undefined, false)
  const other = await makeOtherKey()
  const refused = await captureOutput(() => runCli(['bundle', 'load', bundle, '--public-key', other, '--registry', host, '--plain-http']))
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not signed with the key') })
  expect(await (await fetch(`http://${host}/v2/_catalog`)).json()).toEqual({ repositories: [] })
  expect(await load()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('specify one target') })
  expect(await load('--registry', host)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is --plain-http intended?') })
})

async function makeOtherKey(): Promise<string> {
  await captureOutput(() => runCli(['bundle', 'keygen', join(folder, 'stranger')]))
  return join(folder, 'stranger.pub')
}

/** A TCP proxy that breaks the first connection with more than a megabyte from the client. */
async function startCuttingProxy(targetPort: number) {
  let cuts = 0
  const server = createServer((client) => {
    const target: Socket = connect(targetPort, '127.0.0.1')
    let sentBytes = 0
    client.on('data', (chunk) => {
      sentBytes += chunk.length
      if (cuts === 0 && sentBytes > 1024 * 1024) {
        cuts += 1
        client.destroy()
        target.end()
      } else target.write(chunk)
    })
    client.on('close', () => target.end())
    client.on('error', () => target.destroy())
    target.on('error', () => client.destroy())
    target.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, cuts: () => cuts }
}

/** Issues tokens according to distribution's token specification to clients with the password. */
async function startTokenServer(privateKey: KeyObject): Promise<{ server: Server; port: number; scopes: string[] }> {
  const scopes: string[] = []
  const expected = `Basic ${Buffer.from(`loader:${PASSWORD}`).toString('base64')}`
  const server = createHttpServer((request, answer) => {
    const asked = new URL(request.url ?? '', 'http://x').searchParams.getAll('scope')
    scopes.push(...asked)
    if (request.headers.authorization !== expected) {
      answer.writeHead(401).end()
      return
    }
    const access = asked.map((scope) => {
      const [type, name, actions = ''] = scope.split(':')
      return { type, name, actions: actions.split(',') }
    })
    const nowS = Math.floor(Date.now() / 1000)
    const claims = { iss: 'tokens', aud: 'test', sub: 'loader', jti: '1', iat: nowS, nbf: nowS - 10, exp: nowS + 300, access }
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${part({ typ: 'JWT', alg: 'ES256', kid: 'one' })}.${part(claims)}`
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    answer.end(JSON.stringify({ token: `${text}.${signature}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, scopes }
}
