import { request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProbeServer } from '@guardimesh/kit'
import { Counter, Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'

const socketPath = join(tmpdir(), `probe-${process.pid}.sock`)
let server: Server
let broken: string | undefined

beforeAll(async () => {
  const metrics = new Registry()
  new Counter({ name: 'guardimesh_test_total', help: 'A counter.', registers: [metrics] }).inc(3)
  const database = () => {
    if (broken) throw new Error(broken)
  }
  server = await startProbeServer({ address: { socketPath }, metrics, readiness: { database } })
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

function get(path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
      .on('error', reject)
      .end()
  })
}

test('reports liveness always and readiness while all checks pass', async () => {
  expect(await get('/livez')).toEqual({ status: 200, body: 'ok\n' })
  expect(await get('/readyz?verbose')).toEqual({ status: 200, body: 'ok\n' })
  broken = 'no connection'
  expect(await get('/readyz')).toEqual({ status: 503, body: 'database: no connection\n' })
  expect(await get('/livez')).toMatchObject({ status: 200 })
  broken = undefined
})

test('serves metrics as Prometheus text, and lists its paths in the response for an unknown path', async () => {
  expect((await get('/metrics')).body).toContain('guardimesh_test_total 3')
  expect(await get('/')).toMatchObject({ status: 404, body: expect.stringContaining('/readyz') })
})
