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

/** Runs a script of `helm test` as its pod does, and gives its last word. */
async function runScript(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(TESTS_FOLDER, '../files/tests', name)
  return run(process.execPath, [file], { env: { ...process.env, ...env } }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
}

/** On an address of loopback where no name server of the machine listens: the scripts ask it for names. */
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

test('no way out: passes when nothing answers, and says what the network does', async () => {
  const [open, closed] = [createServer((socket) => socket.end()), await closedAddress()]
  const there = await listen(open)
  const egress = (env: NodeJS.ProcessEnv) => runScript('no-egress.mjs', { OUTSIDE: closed, POLICIES_ENFORCED: 'true', ...env })
  expect(await egress({ ALLOWED: there, FORBIDDEN: closed })).toBe(
    'passed: no address outside was reached; network policies are enforced\n',
  )
  expect(await egress({ ALLOWED: closed })).toMatch(/^failed: .* was not reached, though it must be/)
  expect(await egress({ FORBIDDEN: there })).toMatch(/^failed: .* does not enforce policies.*tests.networkPoliciesEnforced=false/)
  expect(await egress({ FORBIDDEN: there, POLICIES_ENFORCED: 'false' })).toMatch(/^passed: .*network policies are not enforced here/)
  expect(await egress({ OUTSIDE: `${closed},${there}` })).toBe(`failed: There is a way out of the cluster: ${there} takes a connection.\n`)
  open.close()
})

/** The backend's edge: it takes one password, and tells of the file as soon as its finding was asked for twice. */
async function startBackend(password: string, writeFolder: string): Promise<{ url: string; close(): void }> {
  let asked = 0
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body))
    if (request.url === '/login') {
      const given = JSON.parse((await request.toArray()).join('')) as { email: string; password: string }
      if (given.password !== password || given.email !== 'admin@guardimesh.local') return send(401, { detail: 'no' })
      return send(200, {}, { 'set-cookie': 'guardimesh_session=s; Path=/; Secure; HttpOnly' })
    }
    const isKnown = request.headers.cookie === 'guardimesh_session=s' || request.headers.authorization === 'Bearer k'
    if (!isKnown) return send(401, { detail: 'log in first' })
    const { searchParams } = new URL(request.url ?? '', 'https://backend')
    const isOurs = ['namespace', 'pod', 'node'].map((name) => searchParams.get(name)).join('/') === 'here/pod-1/node-1'
    const [file] = (await readdir(writeFolder)).filter((name) => name.startsWith('guardimesh-test-'))
    asked += 1
    if (asked < 2 || !file || !isOurs) return send(200, { items: [] })
    const content = await readFile(join(writeFolder, file), 'latin1')
    // 68 bytes, told by their length so that this file is not taken for a virus itself.
    return send(200, { items: content.length === 68 ? [{ path: join(writeFolder, file), signatureName: 'Eicar-Test' }] : [] })
  }
  const server = createHttpsServer(
    { key: await readFile(join(folder, 'key.pem')), cert: await readFile(join(folder, 'ca.crt')) },
    (request, response) => void answer(request, response),
  )
  return { url: `https://${await listen(server)}`, close: () => server.close() }
}

test.each([
  { name: 'the first password', secret: { password: 'first\n' }, says: /^passed: Eicar-Test was found on node node-1 \d+\.\d s after/ },
  { name: 'an API key', secret: { 'api-key': 'k\n' }, says: /^passed: Eicar-Test was found on node node-1/ },
  { name: 'a password of old', secret: { password: 'old' }, says: /^failed: The first password is not in force any more \(401\)/ },
])('finds the test virus with $name', async ({ secret, says }) => {
  const [secretFolder, writeFolder] = [await mkdtemp(join(folder, 'secret-')), await mkdtemp(join(folder, 'layer-'))]
  for (const [key, value] of Object.entries(secret)) await writeFile(join(secretFolder, key), value)
  const backend = await startBackend('first', writeFolder)
  const pod = { NAMESPACE: 'here', POD_NAME: 'pod-1', NODE_NAME: 'node-1', EMAIL: 'admin@guardimesh.local', TIMEOUT_SECONDS: '20' }
  const folders = { SECRET_FOLDER: secretFolder, WRITE_FOLDER: writeFolder, CA_FILE: join(folder, 'ca.crt') }
  expect(await runScript('find-eicar.mjs', { ...pod, ...folders, BACKEND_URL: backend.url })).toMatch(says)
  expect(await readdir(writeFolder)).toEqual([])
  backend.close()
})

test('the test virus is told to be missing when it is', async () => {
  const [secretFolder, writeFolder] = [await mkdtemp(join(folder, 'secret-')), await mkdtemp(join(folder, 'layer-'))]
  await writeFile(join(secretFolder, 'api-key'), 'k')
  const backend = await startBackend('first', writeFolder)
  const pod = { NAMESPACE: 'here', POD_NAME: 'pod-1', NODE_NAME: 'node-2', TIMEOUT_SECONDS: '2' }
  const folders = { SECRET_FOLDER: secretFolder, WRITE_FOLDER: writeFolder, CA_FILE: join(folder, 'ca.crt') }
  expect(await runScript('find-eicar.mjs', { ...pod, ...folders, BACKEND_URL: backend.url })).toMatch(
    /^failed: The test virus in this pod on node node-2 was not found, not within 2 s/,
  )
  backend.close()
})
