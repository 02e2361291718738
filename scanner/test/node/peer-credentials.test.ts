import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messages } from '@guardimesh/contracts'
import { serveUnixSocket, UnixSocketClient } from '@guardimesh/kit'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdSession } from '@guardimesh/scanner/engines/clamav/clamd-session.js'
import { requireOwnUid, requirePeerUid } from '@guardimesh/scanner/node/peer-credentials.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { quietLog } from '../engines/fixtures.js'

const OTHER_UID = 65_613
const types = { request: messages.ObfuscationRequest, answer: messages.ObfuscationResponse }
const question = { content: Buffer.from('a secret of a container'), sizeBytes: 1, fileName: Buffer.alloc(0) }

let folder: string
let socketPath: string
let sockets = 0
beforeAll(async () => {
  folder = await temporaryFolder('peers')
  await chmod(folder, 0o777)
  // The other user may not be able to enter the folder of the running Node.
  await copyFile(process.execPath, join(folder, 'node'))
})
beforeEach(() => {
  socketPath = join(folder, `s${++sockets}`)
})
afterAll(() => rm(folder, { recursive: true }))

/** A program of another user. It prints what it receives. */
async function startAsOther(program: string): Promise<AsyncDisposable & { output(): string; ended: Promise<unknown> }> {
  const file = join(folder, 'program.mjs')
  await writeFile(file, `import net from 'node:net'\nconst path = ${JSON.stringify(socketPath)}\n${program}`)
  await chmod(file, 0o644)
  const child = spawn(join(folder, 'node'), [file], { uid: OTHER_UID, gid: OTHER_UID, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('latin1')
  })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  return {
    output: () => output,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const RECEIVER = `
net.createServer((socket) => {
  process.stdout.write('connected\\n')
  socket.on('data', (chunk) => process.stdout.write('received ' + chunk.length + '\\n'))
  socket.on('error', () => undefined)
  socket.on('close', () => process.stdout.write('closed\\n'))
}).listen(path, () => process.stdout.write('listening\\n'))`

test('a server answers its own user, and closes the connection of another one unread', async () => {
  const asked: unknown[] = []
  const server = await serveUnixSocket({
    ...{ socketPath, ...types, log: quietLog, checkPeer: requireOwnUid() },
    handle: async (request, send) => {
      asked.push(request)
      await send({ requestId: request.requestId ?? 0 })
    },
  })
  // Without this, the file mode already refuses the other user.
  await chmod(socketPath, 0o666)
  await using intruder = await startAsOther(`
    const socket = net.connect(path, () => { process.stdout.write('connected\\n'); socket.write(Buffer.alloc(4)) })
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => process.stdout.write('received ' + chunk.length + '\\n'))
    socket.on('close', () => process.stdout.write('closed\\n'))`)
  await intruder.ended
  expect(intruder.output()).toBe('connected\nclosed\n')
  expect(asked).toEqual([])
  using client = new UnixSocketClient({ socketPath, ...types, timeoutMs: 5000, checkPeer: requireOwnUid() })
  await client.ask(question)
  expect(asked).toHaveLength(1)
  server.close()
})

test.each([
  {
    name: 'a request',
    send: async () => {
      using client = new UnixSocketClient({ socketPath, ...types, timeoutMs: 5000, checkPeer: requirePeerUid(0) })
      await client.ask(question)
    },
  },
  { name: 'a command for clamd', send: () => new ClamdControl({ socketPath, serverUid: 0 }).ping() },
  {
    name: 'a descriptor for clamd',
    send: async () => {
      await using file = await open(process.execPath)
      using session = new ClamdSession(socketPath, 0)
      await session.scan(file.fd)
    },
  },
])('never sends $name to a server of another user', async ({ send }) => {
  await using server = await startAsOther(RECEIVER)
  await expect(send()).rejects.toThrow(`it runs as user ${OTHER_UID} instead of 0`)
  await expect.poll(server.output).toBe('listening\nconnected\nclosed\n')
})
