import { Agent, request } from 'node:http'
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { PROTOBUF_MEDIA_TYPE, SECOND_MS } from '@guardimesh/contracts'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import { systemCodeOf } from '@guardimesh/kit'
import { type GeneratedRequest, readDocumentedRoutes, sampleRequests } from '@guardimesh/testbed/hostile/generated-requests.js'
import { halfSendLogin } from '@guardimesh/testbed/hostile/half-sent-login.js'
import {
  compress,
  fieldsAtLimit,
  GZIP_HEADERS,
  INGEST_REQUESTS,
  mutate,
  unknownFields,
  unknownFieldsBomb,
} from '@guardimesh/testbed/hostile/ingest-bodies.js'
import { SeededRandom } from '@guardimesh/testbed/hostile/seeded-random.js'
import { CLIENTS, type HostileJob, type HostileKind, SLOW_CONNECTIONS } from './hostile-load.js'

/** Sends hostile requests until all mutated bodies are answered, and reports the number of answers. */
const { url, email, password, ingestionKey, readKey, mutatedBodies } = workerData as HostileJob
const SEED = 20_261_130
/** Requests of each documented route in one round. */
const REQUESTS_PER_ROUTE = 4
const STATUS_LINE = /^HTTP\/1\.1 (\d{3})/

const agent = new Agent({ keepAlive: true })
const answers: Record<HostileKind, Record<string, number>> = { mutated: {}, 'unknown-fields': {}, generated: {}, 'slow-login': {} }
const ingest = { authorization: `Bearer ${ingestionKey}`, 'content-type': PROTOBUF_MEDIA_TYPE }
let isOver = false

// Attackers have processors of their own: this thread must not take those of the backend and of the measurement.
setPriority(constants.priority.PRIORITY_LOW)

const slow = sendSlowLogins()
const others = [repeat('unknown-fields', await buildUnknownFields()), repeat('generated', await buildGenerated())]
await sendMutated()
isOver = true
await Promise.all(others)
slow.stop()
agent.destroy()
parentPort?.postMessage(answers)

interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
}

function count(kind: HostileKind, answer: string): void {
  answers[kind][answer] = (answers[kind][answer] ?? 0) + 1
}

/** Sends a request and counts its status, or the error code. */
function send(kind: HostileKind, { method, path, headers, body }: Outgoing): Promise<void> {
  return new Promise((resolve) => {
    const end = (answer: string) => {
      count(kind, answer)
      resolve()
    }
    const length = body ? { 'content-length': String(body.length) } : {}
    const sent = request(`${url}${path}`, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume()
      response.on('error', (error) => end(systemCodeOf(error) ?? error.message))
      response.on('end', () => end(String(response.statusCode)))
    })
    sent.on('error', (error) => end(systemCodeOf(error) ?? error.message))
    sent.end(body)
  })
}

async function sendMutated(): Promise<void> {
  const random = new SeededRandom('hostile load')
  let sent = 0
  const client = async () => {
    while (sent < mutatedBodies) {
      const { path, buildBody } = INGEST_REQUESTS[sent++ % 2 === 0 ? 0 : 1]
      await send('mutated', { method: 'POST', path, headers: ingest, body: mutate(buildBody(), random) })
    }
  }
  await Promise.all(Array.from({ length: CLIENTS.mutated }, client))
}

/** Sends requests in order, again and again, until the mutated bodies are answered. */
async function repeat(kind: 'unknown-fields' | 'generated', next: () => Outgoing): Promise<void> {
  const client = async () => {
    while (!isOver) await send(kind, next())
  }
  await Promise.all(Array.from({ length: CLIENTS[kind] }, client))
}

/** Returns bodies above the limit of compression, below it, and with as many fields as are decoded. */
async function buildUnknownFields(): Promise<() => Outgoing> {
  const bodies = [unknownFieldsBomb(), compress(unknownFields(3_000_000)), compress(fieldsAtLimit())]
  let sent = 0
  return () => ({
    method: 'POST',
    path: '/api/v1/scan/results',
    headers: { ...ingest, ...GZIP_HEADERS },
    body: bodies[sent++ % bodies.length],
  })
}

async function buildGenerated(): Promise<() => Outgoing> {
  const routes = await readDocumentedRoutes()
  const { credentials } = await ApiClient.login(url, email, password)
  const session = { origin: url, ...credentials }
  const actors = [{ authorization: `Bearer ${ingestionKey}` }, { authorization: `Bearer ${readKey}` }, session, session]
  let round = 0
  let waiting: GeneratedRequest[] = []
  return () => {
    if (waiting.length === 0) {
      const seed = SEED + round++
      waiting = routes.flatMap((route) => sampleRequests(route, REQUESTS_PER_ROUTE, seed))
    }
    const { method, path, body, mediaType, actor } = waiting.pop() as GeneratedRequest
    return { method, path, body, headers: { ...actors[actor], ...(body ? { 'content-type': mediaType } : {}) } }
  }
}

function sendSlowLogins(): { stop: () => void } {
  const open = () => {
    const socket = halfSendLogin(url)
    socket.on('data', (data) => count('slow-login', STATUS_LINE.exec(data.toString('latin1'))?.[1] ?? 'no status'))
    return socket
  }
  const sockets = Array.from({ length: SLOW_CONNECTIONS }, open)
  const timer = setInterval(() => {
    for (const [index, socket] of sockets.entries()) {
      if (socket.closed) sockets[index] = open()
      else if (socket.writable) socket.write('a')
    }
  }, SECOND_MS)
  return {
    stop: () => {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
    },
  }
}
