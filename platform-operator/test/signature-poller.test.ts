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
