import { readFileSync } from 'node:fs'
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { listenOn } from '@guardimesh/kit'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { createAuthority } from '@guardimesh/testbed/certificates.js'
import { expect, onTestFinished, test } from 'vitest'

test('trusts certificate authorities added to the file at the next request, over the same connection', async () => {
  const [own, other] = await Promise.all([createAuthority('own'), createAuthority('other')])
  const { certificateFile, keyFile } = await own.issue('DNS:localhost')
  let connections = 0
  let status = 200
  const server = createServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, (_, response) =>
    response.writeHead(status).end('ok'),
  )
  server.on('secureConnection', () => connections++)
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  const caFile = join(own.folder, 'bundle.crt')
  const apiKeyFile = join(own.folder, 'api-key')
  await Promise.all([copyFile(other.caFile, caFile), writeFile(apiKeyFile, 'key')])
  const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`
  const client = new BackendClient({ baseUrl, caFile, apiKeyFile, timeoutMs: 5000 })
  onTestFinished(async () => {
    client[Symbol.dispose]()
    server.closeAllConnections()
    server.close()
    await Promise.all([own, other].map(({ folder }) => rm(folder, { recursive: true })))
  })
  const send = () => client.send({ path: '/', signal: new AbortController().signal })

  await expect(send()).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' })
  expect(client.failure).toMatch(/^the backend is unavailable: .*certificate/)
  await writeFile(caFile, readFileSync(other.caFile, 'utf8') + readFileSync(own.caFile, 'utf8'))
  const before = connections
  for (let round = 0; round < 3; round++) expect(await send()).toMatchObject({ status: 200 })
  expect(connections).toBe(before + 1)
  expect(client.failure).toBe('')
  status = 401
  await send()
  expect(client.failure).toBe('the backend denied the request: status 401')
  status = 429
  await send()
  expect(client.failure).toBe('')
  await writeFile(caFile, '')
  await expect(send()).rejects.toThrow(/it contains no certificate/)
  expect(() => new BackendClient({ baseUrl, caFile, apiKeyFile, timeoutMs: 5000 })).toThrow(/invalid CA file/)
})
