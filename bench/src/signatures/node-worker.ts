import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { parentPort, workerData } from 'node:worker_threads'
import { SECOND_MS, SignatureCatalog } from '@guardimesh/contracts'
import { readCaFile, sleep } from '@guardimesh/kit'
import type { PullJob } from './simulated-nodes.js'

/** Simulates the network requests of many nodes in one thread: fetch the catalogue, download the files, and verify their SHA-256. */
const { port, caFile, names, wanted } = workerData as PullJob
const ca = readCaFile(caFile)
const MAX_FAILURES = 3

const results = await Promise.all(names.map(pullAsNode))
parentPort?.postMessage(results.reduce((sum, receivedBytes) => sum + receivedBytes, 0))

/** @returns the downloaded bytes. @throws Error if a file does not match its digest in the catalogue. */
async function pullAsNode(name: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const catalog = SignatureCatalog.parse(JSON.parse((await buffer(await get(`/v1/catalog?node=${name}`, agent))).toString()))
    const files = wanted === 'deltas' ? catalog.deltas : catalog.files
    if (files.length === 0) throw new Error(`the catalogue has no ${wanted}`)
    let receivedBytes = 0
    for (const { path, sha256 } of files) receivedBytes += await download(`/v1/generations/${catalog.generation}/${path}`, sha256, agent)
    return receivedBytes
  } finally {
    agent.destroy()
  }
}

async function download(path: string, sha256: string, agent: Agent): Promise<number> {
  const hash = createHash('sha256')
  let receivedBytes = 0
  for await (const chunk of (await get(path, agent)) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    receivedBytes += chunk.length
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${path} does not match its digest in the catalogue`)
  return receivedBytes
}

/** Retries after a 503, and after the server closed a kept-alive connection, as the puller does. */
async function get(path: string, agent: Agent): Promise<IncomingMessage> {
  for (let failures = 0; ; ) {
    const outgoing = request({ host: '127.0.0.1', port, path, ca, agent }).end()
    try {
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
      if (response.statusCode === 200) return response
      await buffer(response)
      if (response.statusCode !== 503) throw new Error(`${path} returned status ${response.statusCode}`)
      await sleep(Number(response.headers['retry-after'] ?? 1) * SECOND_MS * (0.5 + Math.random()))
    } catch (error) {
      failures += 1
      if (!outgoing.reusedSocket || failures > MAX_FAILURES) throw error
    }
  }
}
