import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Draft, messages } from '@guardimesh/contracts'
import { createLogger, GuardError, serveUnixSocket, UnixSocketClient } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'

type Request = ReturnType<typeof messages.InspectorRequest.decode>

let socketPath: string
let server: Server
let lastSignal: AbortSignal | undefined

async function handle(request: Request, send: (answer: Draft<'InspectorResponse'>) => Promise<void>, signal: AbortSignal): Promise<void> {
  lastSignal = signal
  const { requestId } = request
  if (request.question === 'getRuntime') await send({ requestId, runtime: { kind: 'docker' } })
  else if (request.question === 'getContainer') throw new GuardError('CONTAINER_NOT_FOUND', 'no such container')
  else if (request.question === 'watchContainers')
    for (let i = 0; i < 100; i++) await send({ requestId, change: { stoppedContainerId: `c${i}` } })
}

const serve = () =>
  serveUnixSocket({
    socketPath,
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    handle,
    log: createLogger('test', 'silent'),
  })

const aClient = () =>
  new UnixSocketClient({ socketPath, request: messages.InspectorRequest, answer: messages.InspectorResponse, timeoutMs: 500 })

beforeEach(async () => {
  socketPath = join(await mkdtemp(join(tmpdir(), 'ipc-')), 's')
  server = await serve()
})
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  await rm(dirname(socketPath), { recursive: true })
})

test('matches the responses of concurrent requests', async () => {
  using client = aClient()
  const answers = await Promise.all(Array.from({ length: 50 }, () => client.ask({ getRuntime: {} })))
  expect(answers.map((answer) => answer.runtime?.kind)).toEqual(Array(50).fill('docker'))
})

test('preserves the code of an error', async () => {
  using client = aClient()
  await expect(client.ask({ getContainer: { containerId: 'x' } })).rejects.toMatchObject({
    code: 'CONTAINER_NOT_FOUND',
    message: 'no such container',
  })
})

test('times out when no response arrives', async () => {
  using client = aClient()
  await expect(client.ask({ listContainers: {} })).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' })
})

test('streams all responses in order until the client stops', async () => {
  using client = aClient()
  const seen: string[] = []
  await client.stream(
    { watchContainers: {} },
    (answer) => {
      seen.push(answer.change?.stoppedContainerId ?? '')
      return seen.length < 100
    },
    new AbortController().signal,
  )
  expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => `c${i}`))
})

test('fails pending requests on a disconnect, and reconnects', async () => {
  using client = aClient()
  await client.ask({ getRuntime: {} })
  const asked = client.ask({ listContainers: {} })
  client[Symbol.dispose]()
  await expect(asked).rejects.toMatchObject({ code: 'PEER_DISCONNECTED' })
  await expect(client.ask({ getRuntime: {} })).resolves.toMatchObject({ runtime: { kind: 'docker' } })
})

test('reports a server that does not listen', async () => {
  using client = new UnixSocketClient({
    socketPath: `${socketPath}.none`,
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    timeoutMs: 500,
  })
  await expect(client.ask({ getRuntime: {} })).rejects.toMatchObject({ code: 'PEER_DISCONNECTED' })
})

test('aborts the signal of the handler when the client disconnects', async () => {
  const client = aClient()
  client.ask({ listContainers: {} }).catch(() => undefined)
  await expect.poll(() => lastSignal).toBeDefined()
  client[Symbol.dispose]()
  await expect.poll(() => lastSignal?.aborted).toBe(true)
})

test('closes only the connection that sent invalid bytes', async () => {
  const intruder = connect(socketPath)
  intruder.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  await new Promise((resolve) => intruder.on('close', resolve))
  using client = aClient()
  await expect(client.ask({ getRuntime: {} })).resolves.toMatchObject({ runtime: { kind: 'docker' } })
})

test('closes the connections of clients when the server closes', async () => {
  const peer = connect(socketPath)
  await new Promise((resolve) => peer.on('connect', resolve))
  using client = aClient()
  await client.ask({ getRuntime: {} })
  await new Promise((resolve) => server.close(resolve))
  await expect.poll(() => peer.closed).toBe(true)
  server = await serve()
})
