import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { BackendClient } from '../../src/report/backend-client.js'
import { Sender } from '../../src/report/sender.js'
import type { SpoolRecord } from '../../src/report/spool-record.js'
import { startIngestServer } from './ingest-server.js'
import { aRecord, openSpool, quietLog, temporaryFolder } from './spool-builders.js'

async function startSender(options: { url?: string } = {}) {
  const folder = await temporaryFolder()
  const server = await startIngestServer()
  const apiKeyFile = join(folder.path, 'api-key')
  await writeFile(apiKeyFile, 'gm_test\n')
  const spool = await openSpool(join(folder.path, 'spool'))
  const backend = new BackendClient({ baseUrl: options.url ?? server.url, apiKeyFile, timeoutMs: 1000 })
  const refusedFolder = join(folder.path, 'refused')
  const judgements: string[] = []
  const onJudgement = (kind: string) => judgements.push(kind)
  const sender = new Sender({ spool, backend, clusterId: 'c', nodeName: 'n', refusedFolder, log: quietLog, onJudgement })
  const stop = new AbortController()
  const running = sender.run(stop.signal)
  const dispose = async () => {
    stop.abort()
    await running
    backend[Symbol.dispose]()
    await server.close()
    await spool[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  }
  const isDrained = () => vi.waitFor(() => expect(spool.isEmpty).toBe(true), { timeout: 10_000, interval: 5 })
  return { server, spool, judgements, refusedFolder, apiKeyFile, isDrained, [Symbol.asyncDispose]: dispose }
}

const many = (prefix: string, count: number, findings = 0) => Array.from({ length: count }, (_, n) => aRecord(`${prefix}${n}`, findings))

test('sends results at once, with the key and as gzip, and in batches of at most 500', async () => {
  await using part = await startSender()
  await part.spool.append([aRecord('first', 1)])
  await part.isDrained()
  expect(part.server.state.headers).toMatchObject({ authorization: 'Bearer gm_test', 'content-encoding': 'gzip' })
  await part.spool.append(many('r', 1200))
  await part.isDrained()
  expect(part.server.stored.size).toBe(1201)
  expect(part.server.state.requests).toBeLessThanOrEqual(5)
})

test('a batch that does not shrink to 1 MiB is sent in parts', async () => {
  await using part = await startSender()
  const incompressible = () => randomBytes(200).toString('hex').slice(0, 256)
  const records: SpoolRecord[] = Array.from({ length: 499 }, (_, n) => aRecord(`big${n}`, 40, incompressible()))
  await part.spool.append(records)
  await part.isDrained()
  expect(part.server.stored.size).toBe(499)
  expect(part.server.state.largestBodyBytes).toBeLessThanOrEqual(1 << 20)
})

describe('a backend that is not well', () => {
  test('errors, garbage and dropped connections are outlived', async () => {
    await using part = await startSender()
    const answers = [{ status: 500 }, { status: 200, body: '<html>log in to the network</html>' }, { status: 404 }]
    part.server.state.override = () => answers.shift()
    await part.spool.append(many('r', 3, 1))
    await part.isDrained()
    expect([...part.server.stored.values()]).toEqual([1, 1, 1])
    expect(part.judgements).toEqual(['later', 'later', 'later', 'stored'])
  })

  test('Retry-After is honoured', async () => {
    await using part = await startSender()
    let refusedAtMs = 0
    part.server.state.override = () => {
      if (refusedAtMs > 0) return undefined
      refusedAtMs = Date.now()
      return { status: 429, headers: { 'retry-after': '1' } }
    }
    await part.spool.append(many('r', 1))
    await part.isDrained()
    expect(Date.now() - refusedAtMs).toBeGreaterThanOrEqual(995)
  })

  test('a key that is not accepted loses nothing and does not hammer', async () => {
    await using part = await startSender()
    part.server.state.override = () => ({ status: 401 })
    await part.spool.append(many('r', 5, 1))
    await vi.waitFor(() => expect(part.judgements).toEqual(['locked-out']))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(part.server.state.requests).toBe(1)
    expect(part.spool.results).toBe(5)
  })

  test('a backend that is not there', async () => {
    await using part = await startSender({ url: 'http://127.0.0.1:1' })
    await part.spool.append(many('r', 2, 1))
    await vi.waitFor(() => expect(part.judgements.length).toBeGreaterThan(1), { timeout: 5000 })
    expect(part.spool.results).toBe(2)
  })
})

test('a poisoned result is found, set aside and told as a loss; all others arrive', async () => {
  await using part = await startSender()
  const poisoned: SpoolRecord = { payload: Buffer.from('not protobuf at all'), findings: 2, atMs: Date.now() }
  await part.spool.append([...many('a', 60, 1), poisoned, ...many('b', 60, 1)])
  await part.isDrained()
  expect(part.server.stored.size).toBe(120)
  expect(await readdir(part.refusedFolder)).toHaveLength(1)
  expect([...part.server.gaps.values()]).toMatchObject([{ reason: 'refused', findingResults: 1, findings: 2, cleanResults: 0 }])
})
