import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messages } from '@guardimesh/contracts'
import { BackendClient } from '@guardimesh/scanner/report/backend-client.js'
import { Sender } from '@guardimesh/scanner/report/sender.js'
import type { SpoolRecord } from '@guardimesh/scanner/report/spool-record.js'
import { describe, expect, test, vi } from 'vitest'
import { startIngestServer } from './ingest-server.js'
import { aRecord, aSightingsRecord, openSpool, quietLog, temporaryFolder } from './spool-builders.js'

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
  const common = { spool, backend, clusterId: 'c', nodeName: 'n', refusedFolder, log: quietLog, onJudgement }
  const stop = new AbortController()
  const sender = new Sender({ ...common, lane: 'results' })
  const running = Promise.all([sender, new Sender({ ...common, lane: 'sightings' })].map((one) => one.run(stop.signal)))
  const dispose = async () => {
    stop.abort()
    await running
    backend[Symbol.dispose]()
    await server.close()
    await spool[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  }
  const isDrained = () => vi.waitFor(() => expect(spool.isEmpty).toBe(true), { timeout: 10_000, interval: 5 })
  return { server, spool, backend, sender, judgements, refusedFolder, apiKeyFile, isDrained, [Symbol.asyncDispose]: dispose }
}

const many = (prefix: string, count: number, findings = 0) => Array.from({ length: count }, (_, n) => aRecord(`${prefix}${n}`, findings))

test('sends results immediately in gzipped batches of up to 500 with the API key', async () => {
  await using part = await startSender()
  await part.spool.append([aRecord('first', 1)])
  await part.isDrained()
  expect(part.server.state.headers).toMatchObject({ authorization: 'Bearer gm_test', 'content-encoding': 'gzip' })
  await part.spool.append(many('r', 1200))
  await part.isDrained()
  expect(part.server.stored.size).toBe(1201)
  expect(part.server.state.requests).toBeLessThanOrEqual(5)
})

test('splits a batch that does not compress to 1 MiB', async () => {
  await using part = await startSender()
  const incompressible = () => randomBytes(200).toString('hex').slice(0, 256)
  const records: SpoolRecord[] = Array.from({ length: 499 }, (_, n) => aRecord(`big${n}`, 40, incompressible()))
  await part.spool.append(records)
  await part.isDrained()
  expect(part.server.stored.size).toBe(499)
  expect(part.server.state.largestBodyBytes).toBeLessThanOrEqual(1 << 20)
})

describe('a faulty backend', () => {
  test('is retried after errors and invalid responses', async () => {
    await using part = await startSender()
    const answers = [{ status: 500 }, { status: 200, body: '<html>log in to the network</html>' }, { status: 404 }]
    const failures: string[] = []
    part.server.state.override = () => {
      failures.push(part.sender.failure)
      return answers.shift()
    }
    await part.spool.append(many('r', 3, 1))
    await part.isDrained()
    expect([...part.server.stored.values()]).toEqual([1, 1, 1])
    expect(part.judgements).toEqual(['later', 'later', 'later', 'stored'])
    const reasons = ['', 'status 500', 'no receipt; status 200', 'status 404']
    expect(failures).toEqual(reasons.map((reason) => (reason === '' ? '' : expect.stringContaining(`accepted no results: ${reason}`))))
    expect(part.sender.failure).toBe('')
  })

  test('that responds again counts as failed until it has accepted the waiting results', async () => {
    await using part = await startSender()
    part.server.state.override = ({ url }) => (url === '/api/v1/scan/results' ? { status: 401 } : undefined)
    await part.spool.append(many('r', 1))
    await vi.waitFor(() => expect(part.judgements).toEqual(['locked-out']))
    await part.backend.send({ path: '/api/v1/scan/config', signal: new AbortController().signal })
    expect(part.backend.failure).toBe('')
    expect(part.sender.failure).toContain('status 401')
  })

  test('is not retried before Retry-After has elapsed', async () => {
    await using part = await startSender()
    let refusedAtMs = 0
    part.server.state.override = () => {
      if (refusedAtMs > 0) return undefined
      refusedAtMs = Date.now()
      return { status: 429, headers: { 'retry-after': '1' } }
    }
    await part.spool.append(many('r', 1))
    await vi.waitFor(() => expect(part.judgements).toEqual(['later']))
    expect(part.sender.failure).toBe('')
    await part.isDrained()
    expect(Date.now() - refusedAtMs).toBeGreaterThanOrEqual(995)
  })

  test('that rejects the API key is retried at long intervals without losing results', async () => {
    await using part = await startSender()
    part.server.state.override = () => ({ status: 401 })
    await part.spool.append(many('r', 5, 1))
    await vi.waitFor(() => expect(part.judgements).toEqual(['locked-out']))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(part.server.state.requests).toBe(1)
    expect(part.spool.results).toBe(5)
  })

  test('that is unreachable is retried', async () => {
    await using part = await startSender({ url: 'http://127.0.0.1:1' })
    await part.spool.append(many('r', 2, 1))
    await vi.waitFor(() => expect(part.judgements.length).toBeGreaterThan(1), { timeout: 5000 })
    expect(part.spool.results).toBe(2)
  })
})

test('quarantines an invalid result, reports it as a gap, and delivers all others', async () => {
  await using part = await startSender()
  const invalid: SpoolRecord = { payload: Buffer.from('not protobuf at all'), findings: 2, atMs: Date.now() }
  await part.spool.append([...many('a', 60, 1), invalid, ...many('b', 60, 1)])
  await part.isDrained()
  expect(part.server.stored.size).toBe(120)
  expect(await readdir(part.refusedFolder)).toHaveLength(1)
  expect([...part.server.gaps.values()]).toMatchObject([{ reason: 'refused', findingResults: 1, findings: 2, cleanResults: 0 }])
})

describe('sightings', () => {
  test('are sent in batches of up to 5,000', async () => {
    await using part = await startSender()
    await part.spool.appendSightings(Array.from({ length: 60 }, (_, n) => aSightingsRecord(`c${n}`, 250)))
    await part.isDrained()
    expect(part.server.sightings).toHaveLength(15_000)
    expect(new Set(part.server.sightings.map(({ sha256 }) => Buffer.from(sha256).toString('hex'))).size).toBe(15_000)
    expect(part.server.state.requests).toBeLessThan(60)
    expect(part.server.state.largestBodyBytes).toBeLessThanOrEqual(1 << 20)
  })

  test('that the backend rejects temporarily do not delay findings', async () => {
    await using part = await startSender()
    let isAccepting = false
    const isSightings = (body: Buffer) => messages.ClamResultBatch.decode(body).sightings.length > 0
    part.server.state.override = (_, body) =>
      isSightings(body) && !isAccepting ? { status: 429, headers: { 'retry-after': '1' } } : undefined
    await part.spool.appendSightings([aSightingsRecord('c', 3)])
    await vi.waitFor(() => expect(part.judgements).toContain('later'))
    await part.spool.append(many('r', 2, 1))
    await vi.waitFor(() => expect(part.server.stored.size).toBe(2), { timeout: 10_000, interval: 5 })
    expect(part.server.sightings).toEqual([])
    isAccepting = true
    await part.isDrained()
    expect(part.server.sightings).toHaveLength(3)
  })

  test('that are invalid are quarantined and reported as a gap; all others are delivered', async () => {
    await using part = await startSender()
    const invalid: SpoolRecord = { payload: Buffer.from('not protobuf at all'), findings: 4, atMs: Date.now() }
    await part.spool.appendSightings([aSightingsRecord('a', 5), invalid, aSightingsRecord('b', 5)])
    await part.isDrained()
    expect(part.server.sightings).toHaveLength(10)
    expect(await readdir(part.refusedFolder)).toEqual([expect.stringMatching(/\.sightings\.pb$/)])
    expect([...part.server.gaps.values()]).toMatchObject([{ reason: 'refused', sightings: 4, findingResults: 0, cleanResults: 0 }])
  })
})
