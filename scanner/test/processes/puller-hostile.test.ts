import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLooseFile, signatures } from './offered-databases.js'
import { runBuilt } from './run-built.js'

const file = aLooseFile('own.ndb', signatures('Test.Own'))
let folder: string
let nodes = 0

beforeAll(async () => {
  folder = await temporaryFolder('puller-hostile')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Sends zeros until the connection is closed. */
function sendForEver(response: ServerResponse): void {
  const more = () => void (response.destroyed || response.write(Buffer.alloc(16 * 1024), () => setTimeout(more, 5)))
  more()
}

/** Pulls once from a server with a valid catalogue; `answer` responds to requests for the file. */
async function pullFrom(answer: (response: ServerResponse, n: number) => void, sizeBytes = file.entry.sizeBytes) {
  let asked = 0
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/v1/catalog')) return answer(response, asked++)
    const catalog = { generation: 'g1', builtAt: '2026-11-21T00:00:00.000Z', files: [{ ...file.entry, sizeBytes }] }
    response.end(JSON.stringify(catalog))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const node = join(folder, `node-${++nodes}`)
  await mkdir(join(node, 'run'), { recursive: true })
  const address = server.address()
  const env = {
    RUN_FOLDER: join(node, 'run'),
    SIGNATURES_FOLDER: join(node, 'signatures'),
    SIGNATURE_SERVER_URL: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    CLAMD_SOCKET: join(node, 'nobody.sock'),
    NODE_NAME: `node-${nodes}`,
  }
  try {
    await using puller = runBuilt('puller', env, ['--once'])
    return { exitCode: await puller.exit(), output: puller.output(), asked: () => asked }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('closes the connection of an endless error response and retries on a new one', async () => {
  const { exitCode, output, asked } = await pullFrom((response, n) => {
    if (n > 0) return void response.end(file.bytes)
    response.writeHead(500)
    sendForEver(response)
  })
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
  expect(asked()).toBe(2)
})

test('rejects signatures above the size limit before fetching any file', async () => {
  const { exitCode, output, asked } = await pullFrom((response) => response.end(file.bytes), 9 * 2 ** 30)
  expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining('the maximum is 8589934592') })
  expect(asked()).toBe(0)
})
