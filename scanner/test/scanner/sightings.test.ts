import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ContainerInfoMessage, DAY_MS, decodeClamResults, type FileSightingMessage, messages } from '@guardimesh/contracts'
import type { FileVerdict } from '@guardimesh/scanner/engines/engine.js'
import { contentKey } from '@guardimesh/scanner/engines/verdict-keys.js'
import { Sightings } from '@guardimesh/scanner/processes/scanner/reporting/sightings.js'
import { LANES } from '@guardimesh/scanner/report/lanes.js'
import type { Spool } from '@guardimesh/scanner/report/spool.js'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aSightingsRecord, openSpool, quietLog, temporaryFolder } from '../report/spool-builders.js'

const NOW_MS = 20_000 * DAY_MS + 1
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let spool: Spool
beforeEach(async () => {
  folder = await temporaryFolder()
  spool = await openSpool(join(folder.path, 'spool'))
})
afterEach(async () => {
  await spool[Symbol.asyncDispose]()
  await rm(folder.path, { recursive: true, force: true })
})

const aContainer = (containerId = 'c1') =>
  messages.ContainerInfo.create({ containerId, podName: 'web', namespace: 'shop' }) as ContainerInfoMessage

function aVerdict(content: string, changes: Partial<FileVerdict> = {}): FileVerdict {
  const sha256 = createHash('sha256').update(content).digest()
  const key = contentKey(sha256, content.length, { file: 's', content: 's' })
  const md5 = createHash('md5').update(content).digest('hex')
  return { verdict: { kind: 'clean' }, sha256, md5, contentKey: key, generation: 'g1', cached: false, ...changes }
}
const at = (path: string) => ({ path: Buffer.from(path), scanSource: 'upperdir' as const })

function startSightings() {
  const metrics = new Registry()
  const sightings = new Sightings({ spool, node: { clusterId: 'c', nodeName: 'n', hostIp: '' }, metrics, log: quietLog })
  const stop = new AbortController()
  const running = sightings.run(stop.signal)
  const end = async () => {
    stop.abort()
    await running
  }
  return { sightings, metrics, end }
}

/** Reads all sightings in the spool and decodes them as the backend does. */
async function spooled(): Promise<FileSightingMessage[]> {
  const { recordsPerBatch, bytesPerBatch, encode } = LANES.sightings
  const all: FileSightingMessage[] = []
  for (;;) {
    const batch = await spool.read(recordsPerBatch, bytesPerBatch, 'sightings')
    if (!batch) return all
    const decoded = decodeClamResults(encode(batch.records))
    if (!decoded.ok) throw new Error(decoded.message)
    all.push(...decoded.value.sightings)
    await spool.acknowledge(batch, batch.records.length)
  }
}

test('writes the remaining sightings when the process stops', async () => {
  const { sightings, end } = startSightings()
  sightings.note(aContainer(), at('/srv/\xff'), aVerdict('hello'), NOW_MS)
  await end()
  expect(await spooled()).toMatchObject([
    {
      clusterId: 'c',
      nodeName: 'n',
      containerId: 'c1',
      podName: 'web',
      sizeBytes: 5,
      md5: createHash('md5').update('hello').digest(),
      scanSource: 1,
      cleanGeneration: 'g1',
      firstSeenAtMs: NOW_MS,
    },
  ])
})

test('reports sightings without MD5, including those of an older version', async () => {
  await spool.appendSightings([aSightingsRecord('older', 2)])
  const { sightings, end } = startSightings()
  sightings.note(aContainer(), at('/srv/a'), aVerdict('hello', { md5: undefined }), NOW_MS)
  await end()
  expect((await spooled()).map(({ containerId, md5 }) => [containerId, md5.length])).toEqual([
    ['older', 0],
    ['older', 0],
    ['c1', 0],
  ])
})

test('reports a cached verdict once per day, container and path', async () => {
  const { sightings, end } = startSightings()
  const known = aVerdict('hello', { cached: true })
  const [one, other] = [aContainer(), aContainer('c2')]
  for (const container of [one, other, one]) sightings.note(container, at('/srv/a'), known, NOW_MS)
  sightings.note(one, at('/srv/link'), aVerdict('hello'), NOW_MS)
  for (let n = 0; n < 3; n++) sightings.note(one, at('/srv/a'), known, NOW_MS + DAY_MS)
  await end()
  expect((await spooled()).map(({ containerId, path }) => `${containerId} ${Buffer.from(path)}`)).toEqual([
    'c1 /srv/a',
    'c2 /srv/a',
    'c1 /srv/link',
    'c1 /srv/a',
  ])
})

test('skips files without a hash and empty files, and reports files that are not clean without a generation', async () => {
  const { sightings, end } = startSightings()
  const note = (path: string, seen: FileVerdict) => sightings.note(aContainer(), at(path), seen, NOW_MS)
  note('/no-hash', aVerdict('x', { contentKey: undefined, sha256: undefined }))
  note('/empty', aVerdict(''))
  note('/infected', aVerdict('x', { verdict: { kind: 'infected', matches: [] } }))
  note('/encrypted', aVerdict('y', { verdict: { kind: 'not-scanned', reason: 'encrypted', detail: '' } }))
  note('/before-any-generation', aVerdict('z', { generation: undefined }))
  await end()
  expect((await spooled()).map(({ path, cleanGeneration }) => [String(Buffer.from(path)), cleanGeneration])).toEqual([
    ['/infected', ''],
    ['/encrypted', ''],
    ['/before-any-generation', ''],
  ])
})

test('limits the sightings of one container and reports the others later, without limiting other containers', async () => {
  const { sightings, metrics, end } = startSightings()
  const flood = aContainer('flood')
  const nowMs = Date.now()
  const noteAll = (atMs: number) => {
    for (let n = 0; n < 51_000; n++) sightings.note(flood, at(`/srv/${n}`), aVerdict(`content ${n}`), atMs)
  }
  noteAll(nowMs)
  sightings.note(aContainer('quiet'), at('/srv/a'), aVerdict('hello'), nowMs)
  const counts = await metrics.metrics()
  expect(Number(/outcome="reported"\} (\d+)/.exec(counts)?.[1])).toBeGreaterThanOrEqual(50_001)
  expect(Number(/outcome="held-back"\} (\d+)/.exec(counts)?.[1])).toBeGreaterThan(900)
  // After a minute, the container may report 600 more.
  noteAll(nowMs + 60_000)
  await end()
  const all = await spooled()
  expect(all.filter(({ containerId }) => containerId === 'quiet')).toHaveLength(1)
  expect(all.length).toBeGreaterThanOrEqual(50_601)
  expect(all.length).toBeLessThan(51_000)
}, 60_000)
