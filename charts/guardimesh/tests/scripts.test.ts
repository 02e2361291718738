import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TESTS_FOLDER } from './chart.js'

const run = promisify(execFile)

/** Runs a script of `helm test` as its pod does. @returns its output. */
async function runScript(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(TESTS_FOLDER, '../files/tests', name)
  return run(process.execPath, [file], { env: { ...process.env, ...env } }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
}

/** Listens on a loopback address without a name server, because the scripts send DNS queries to it. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.77.0.1')
  await once(server, 'listening')
  return `127.77.0.1:${(server.address() as AddressInfo).port}`
}

async function closedAddress(): Promise<string> {
  const server = createServer()
  const address = await listen(server)
  server.close()
  await once(server, 'close')
  return address
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guardimesh-chart-scripts-'))
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'ca.crt')]
  const names = ['-subj', '/CN=backend', '-addext', 'subjectAltName=IP:127.77.0.1']
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', ...files, ...names])
})
afterAll(() => rm(folder, { recursive: true }))

test('checks outbound network access and the enforcement of network policies', async () => {
  const [open, closed] = [createServer((socket) => socket.end()), await closedAddress()]
  const reachable = await listen(open)
  const egress = (env: NodeJS.ProcessEnv) => runScript('no-egress.mjs', { OUTSIDE: closed, POLICIES_ENFORCED: 'true', ...env })
  expect(await egress({ ALLOWED: reachable, FORBIDDEN: closed })).toBe(
    'passed: no outbound network access; network policies are enforced\n',
  )
  expect(await egress({ ALLOWED: closed })).toMatch(/^failed: .* is unreachable although it is allowed/)
  expect(await egress({ FORBIDDEN: reachable })).toMatch(/^failed: .* does not enforce policies.*tests.networkPoliciesEnforced=false/)
  expect(await egress({ FORBIDDEN: reachable, POLICIES_ENFORCED: 'false' })).toMatch(/^passed: .*network policies are not enforced/)
  expect(await egress({ OUTSIDE: `${closed},${reachable}` })).toBe(
    `failed: Outbound network access is possible: ${reachable} accepts connections.\n`,
  )
  open.close()
})

/** A fake backend that accepts one password and reports the finding from the second request on. */
async function startBackend(password: string, writeFolder: string): Promise<{ url: string; close(): void }> {
  let requestCount = 0
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body))
    if (request.url === '/login') {
      const credentials = JSON.parse((await request.toArray()).join('')) as { email: string; password: string }
      if (credentials.password !== password || credentials.email !== 'admin@guardimesh.local') return send(401, { detail: 'no' })
      return send(200, {}, { 'set-cookie': 'guardimesh_session=s; Path=/; Secure; HttpOnly' })
    }
    const isKnown = request.headers.cookie === 'guardimesh_session=s' || request.headers.authorization === 'Bearer k'
    if (!isKnown) return send(401, { detail: 'log in first' })
    const { searchParams } = new URL(request.url ?? '', 'https://backend')
    const isOurs = ['namespace', 'pod', 'node'].map((name) => searchParams.get(name)).join('/') === 'here/pod-1/node-1'
    const [file] = (await readdir(writeFolder)).filter((name) => name.startsWith('guardimesh-test-'))
    requestCount += 1
    if (requestCount < 2 || !file || !isOurs) return send(200, { items: [] })
    const content = await readFile(join(writeFolder, file), 'latin1')
    // Compares the length (68 bytes), so that scanners do not detect this file.
    return send(200, { items: content.length === 68 ? [{ path: join(writeFolder, file), signatureName: 'Eicar-Test' }] : [] })
  }
  const server = createHttpsServer(
    { key: await readFile(join(folder, 'key.pem')), cert: await readFile(join(folder, 'ca.crt')) },
    (request, response) => void respond(request, response),
  )
  return { url: `https://${await listen(server)}`, close: () => server.close() }
}

test.each([
  { name: 'the initial password', secret: { password: 'first\n' }, output: /^passed: Eicar-Test detected on node node-1 after \d+\.\d s/ },
  { name: 'an API key', secret: { 'api-key': 'k\n' }, output: /^passed: Eicar-Test detected on node node-1/ },
  {
    name: 'an outdated password',
    secret: { password: 'old' },
    output: /^failed: Login failed \(HTTP 401\): the initial password has been changed/,
  },
])('authenticates with $name', async ({ secret, output }) => {
  const [secretFolder, writeFolder] = [await mkdtemp(join(folder, 'secret-')), await mkdtemp(join(folder, 'layer-'))]
  for (const [key, value] of Object.entries(secret)) await writeFile(join(secretFolder, key), value)
  const backend = await startBackend('first', writeFolder)
  const pod = { NAMESPACE: 'here', POD_NAME: 'pod-1', NODE_NAME: 'node-1', EMAIL: 'admin@guardimesh.local', TIMEOUT_SECONDS: '20' }
  const folders = { SECRET_FOLDER: secretFolder, WRITE_FOLDER: writeFolder, CA_FILE: join(folder, 'ca.crt') }
  expect(await runScript('find-eicar.mjs', { ...pod, ...folders, BACKEND_URL: backend.url })).toMatch(output)
  expect(await readdir(writeFolder)).toEqual([])
  backend.close()
})

test('fails if the test file is not detected', async () => {
  const [secretFolder, writeFolder] = [await mkdtemp(join(folder, 'secret-')), await mkdtemp(join(folder, 'layer-'))]
  await writeFile(join(secretFolder, 'api-key'), 'k')
  const backend = await startBackend('first', writeFolder)
  const pod = { NAMESPACE: 'here', POD_NAME: 'pod-1', NODE_NAME: 'node-2', TIMEOUT_SECONDS: '2' }
  const folders = { SECRET_FOLDER: secretFolder, WRITE_FOLDER: writeFolder, CA_FILE: join(folder, 'ca.crt') }
  expect(await runScript('find-eicar.mjs', { ...pod, ...folders, BACKEND_URL: backend.url })).toMatch(
    /^failed: EICAR test file on node node-2 not detected: timeout after 2 s/,
  )
  backend.close()
})
