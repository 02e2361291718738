import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SignatureServerStatus } from '@guardimesh/contracts'
import { afterEach, expect, test } from 'vitest'
import type { PolledStatus } from '../src/signature-status/polled-status.js'
import { type PollTarget, SignaturePoller } from '../src/signature-status/signature-poller.js'
import { createAuthority, issueCertificate } from '../src/tls/certificates.js'

let server: Server | undefined
afterEach(() => void server?.close())

const authority = await createAuthority('Test', new Date())
const MANAGEMENT_KEY = 'key-of-the-server'
const STATUS = SignatureServerStatus.parse({ activeGeneration: 'g1', generations: [], imports: [] })

async function serve(body: () => string, status = 200): Promise<string> {
  const { certificate: cert, key } = await issueCertificate(authority, ['localhost'], 1, new Date())
  const answer: RequestListener = ({ headers }, response) =>
    response.writeHead(headers.authorization === `Bearer ${MANAGEMENT_KEY}` ? status : 401).end(body())
  server = createServer({ cert, key }, answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

function pollerOf(targets: Map<string, PollTarget>) {
  const changes: PolledStatus[] = []
  const poller = new SignaturePoller({ targets: () => targets, onChange: (_name, polled) => changes.push(polled) })
  return { poller, changes }
}

test('reads the status over verified TLS and reports changes', async () => {
  let status = STATUS
  const url = await serve(() => JSON.stringify(status))
  const { poller, changes } = pollerOf(new Map([['gm', { url, ca: authority.certificate, managementKey: MANAGEMENT_KEY }]]))
  expect(poller.statusOf('gm')).toEqual({ kind: 'unknown' })
  await poller.pollAll()
  await poller.pollAll()
  status = { ...STATUS, activeGeneration: 'g2' }
  await poller.pollAll()
  expect(changes).toEqual([
    { kind: 'answered', status: STATUS },
    { kind: 'answered', status },
  ])
})

test.each([
  {
    name: 'an untrusted authority',
    ca: async () => (await createAuthority('Other', new Date())).certificate,
    body: '{}',
    status: 200,
  },
  { name: 'an error response', ca: async () => authority.certificate, body: JSON.stringify(STATUS), status: 500 },
  { name: 'an invalid status', ca: async () => authority.certificate, body: '{"activeGeneration":1}', status: 200 },
  { name: 'a body that is not JSON', ca: async () => authority.certificate, body: 'hello', status: 200 },
])('reports $name as unreachable', async ({ ca, body, status }) => {
  const url = await serve(() => body, status)
  const { poller } = pollerOf(new Map([['gm', { url, ca: await ca(), managementKey: MANAGEMENT_KEY }]]))
  await poller.pollAll()
  expect(poller.statusOf('gm')).toMatchObject({ kind: 'unreachable' })
})

test('returns as soon as another generation is active, and otherwise after the time', async () => {
  const { certificate: cert, key } = await issueCertificate(authority, ['localhost'], 1, new Date())
  let generation = 'g1'
  let activate: () => void = () => {}
  const activated = new Promise<void>((resolve) => (activate = resolve))
  server = createServer({ cert, key }, (request, response) => {
    if (request.url === '/v1/status') return void response.end(JSON.stringify({ ...STATUS, activeGeneration: generation }))
    const send = () =>
      response.writeHead(200, { etag: `"${generation}"`, 'content-type': 'application/json' }).end(JSON.stringify({ generation }))
    if (request.headers['if-none-match'] !== `"${generation}"`) return void send()
    expect(request.headers.prefer).toMatch(/^wait=\d+$/)
    void activated.then(send)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://localhost:${(server.address() as AddressInfo).port}`
  const { poller } = pollerOf(new Map([['gm', { url, ca: authority.certificate, managementKey: MANAGEMENT_KEY }]]))
  const never = new AbortController().signal
  await poller.pollAll()
  let isChanged = false
  const waiting = poller.waitForChange(60_000, never).then(() => (isChanged = true))
  await poller.waitForChange(300, never)
  expect(isChanged).toBe(false)
  generation = 'g2'
  activate()
  await waiting
})

test('returns soon after the server closed a long poll, because it restarts with other keys', async () => {
  const { certificate: cert, key } = await issueCertificate(authority, ['localhost'], 1, new Date())
  let trustedKeys = ['SHA256:old']
  let close: () => void = () => {}
  const polled = new Promise<void>((resolve) => {
    server = createServer({ cert, key }, (request, response) => {
      if (request.url === '/v1/status') return void response.end(JSON.stringify({ ...STATUS, trustedKeys }))
      if (request.headers['if-none-match'] === undefined)
        return void response.writeHead(200, { etag: '"g1"' }).end(JSON.stringify({ generation: 'g1' }))
      close = () => void request.socket.destroy()
      resolve()
    }).listen(0, '127.0.0.1')
  })
  await once(server as Server, 'listening')
  const url = `https://localhost:${((server as Server).address() as AddressInfo).port}`
  const { poller } = pollerOf(new Map([['gm', { url, ca: authority.certificate, managementKey: MANAGEMENT_KEY }]]))
  await poller.pollAll()
  const waiting = poller.waitForChange(60_000, new AbortController().signal)
  await polled
  trustedKeys = ['SHA256:new']
  close()
  await waiting
  await poller.pollAll()
  expect(poller.statusOf('gm')).toMatchObject({ status: { trustedKeys } })
})

test('waits for the whole time while no server responds', async () => {
  const { poller } = pollerOf(new Map([['gm', { url: 'https://127.0.0.1:1', ca: authority.certificate, managementKey: MANAGEMENT_KEY }]]))
  await poller.pollAll()
  const startedAtMs = performance.now()
  await poller.waitForChange(200, new AbortController().signal)
  expect(performance.now() - startedAtMs).toBeGreaterThan(190)
})
