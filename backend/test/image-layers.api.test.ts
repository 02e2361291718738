import {
  COVERAGE_REASONS,
  IMAGE_LAYER_LIMITS,
  type ImageLayerAnswer,
  type ImageLayerFinding,
  type ImageLayerProgress,
  type ImageLayerReceipt,
  type ImageLayerResult,
  type ImagePage,
  messages,
  type Problem,
  SCAN_TRIGGERS,
  toWireNumber,
} from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SweepRepository } from '../src/features/retention/sweep.repository.js'
import { Database } from '../src/platform/database/database.js'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aResult, batchBody, post } from './messages.js'

let api: TestApi
let key: string
let session: TestSession

beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('ingestion')
  session = await api.login()
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE image_layer_scans, image_layer_images, coverage, pods, scan_results, findings'))

const layer = (name: string) => `sha256:${name.repeat(64)}`
const [A, B, C] = [layer('a'), layer('b'), layer('c')]
const NODE = { clusterId: 'test', nodeName: 'node-1', signatureGeneration: 'g1', ruleVersion: 'r1' }
const aFinding: ImageLayerFinding = {
  path: Buffer.from('/usr/bin/miner\xff', 'latin1').toString('base64'),
  signatureName: 'Test.Miner',
  engine: 'clamav',
  engineVersion: 'ClamAV 1.4.3',
  severity: 'high',
  description: 'A miner.',
  sha256: 'd'.repeat(64),
  sizeBytes: 68,
  ownerUid: 0,
  ownerGid: 0,
  mode: 0o100755,
  modifiedAtMs: 0,
  changedAtMs: 1,
}
const CLEAN: ImageLayerResult = { filesScanned: 10, filesNotScanned: 0, bytesScanned: 1000, findingCount: 0, findings: [], notScanned: [] }
const INFECTED: ImageLayerResult = { ...CLEAN, findingCount: 1, findings: [aFinding] }

async function claim(layers: readonly string[], changes: object = {}): Promise<Record<string, ImageLayerAnswer['layers'][number]>> {
  const offered = layers.map((one) => ({ layer: one, isKnown: false, images: ['shop:1'] }))
  const json = { ...NODE, layers: offered, wantsLease: true, ...changes }
  const { body } = await request<ImageLayerAnswer>(api, 'POST', '/api/v1/image-layers/claims', { json, key })
  return Object.fromEntries(body.layers.map((answer) => [answer.layer, answer]))
}
async function report(changes: object): Promise<ImageLayerReceipt> {
  const json = { ...NODE, layer: A, state: 'scanned', problem: '', sizeBytes: 2000, result: CLEAN, ...changes }
  return (await request<ImageLayerReceipt>(api, 'POST', '/api/v1/image-layers/reports', { json, key })).body
}
const expire = () => api.query(`UPDATE image_layer_scans SET leased_until = now() - interval '1 second' WHERE leased_until > now()`)
const progress = async () => (await request<ImageLayerProgress>(api, 'GET', '/api/image-layers', { session })).body
const images = async (query = '') => (await request<ImagePage>(api, 'GET', `/api/image-layers/images${query}`, { session })).body

describe('a claim', () => {
  test('leases one layer to one node, the first in the order of the node', async () => {
    expect(await claim([B, A])).toMatchObject({ [B]: { state: 'leased' }, [A]: { state: 'waiting' } })
    expect(await claim([B, A], { nodeName: 'node-2' })).toMatchObject({ [B]: { state: 'elsewhere' }, [A]: { state: 'leased' } })
    expect(await claim([A, B], { nodeName: 'node-3' })).toMatchObject({ [A]: { state: 'elsewhere' }, [B]: { state: 'elsewhere' } })
  })

  test('by many nodes at the same time leases each layer once', async () => {
    const nodes = Array.from({ length: 8 }, (_, index) => `node-${index}`)
    const answers = await Promise.all(nodes.map((nodeName) => claim([A, B, C], { nodeName })))
    const leased = answers.map((answer) => Object.values(answer).filter(({ state }) => state === 'leased'))
    expect(Math.max(...leased.map((ofNode) => ofNode.length))).toBe(1)
    expect(
      leased
        .flat()
        .map((answer) => answer.layer)
        .sort(),
    ).toEqual([A, B, C])
  })

  test('returns the lease of a node that has restarted, and that of a lost node to others', async () => {
    await claim([A])
    expect(await claim([A])).toMatchObject({ [A]: { state: 'leased' } })
    await expire()
    expect(await claim([A], { nodeName: 'node-2' })).toMatchObject({ [A]: { state: 'leased' } })
    expect(await report({ state: 'scanning' })).toEqual({ isLeased: false })
  })

  test('without a wish for a lease changes nothing', async () => {
    expect(await claim([A], { wantsLease: false })).toMatchObject({ [A]: { state: 'waiting' } })
  })

  test('does not lease a layer whose result the node has', async () => {
    const known = { layers: [{ layer: A, isKnown: true, images: [] }] }
    expect(await claim([], known)).toMatchObject({ [A]: { state: 'waiting' } })
  })

  test('returns the result of a scanned layer, except to a node that has it', async () => {
    await claim([A])
    await report({ result: INFECTED })
    expect(await claim([A], { nodeName: 'node-2' })).toEqual({ [A]: { layer: A, state: 'scanned', result: INFECTED } })
    const known = { layers: [{ layer: A, isKnown: true, images: [] }] }
    expect(await claim([], known)).toEqual({ [A]: { layer: A, state: 'scanned', result: null } })
  })

  test.each([
    { name: 'signature generation', changes: { signatureGeneration: 'g2' } },
    { name: 'rule version', changes: { ruleVersion: 'r2' } },
    { name: 'cluster', changes: { clusterId: 'other' } },
  ])('with another $name scans the layer again', async ({ changes }) => {
    await report({})
    expect(await claim([A], changes)).toMatchObject({ [A]: { state: 'leased' } })
  })

  test.each([
    { name: 'key of a layer', json: { ...NODE, wantsLease: true, layers: [{ layer: 'sha256:1', isKnown: false, images: [] }] } },
    { name: 'node', json: { ...NODE, nodeName: '', wantsLease: true, layers: [] } },
    {
      name: 'number of layers',
      json: {
        ...NODE,
        wantsLease: true,
        layers: Array.from({ length: IMAGE_LAYER_LIMITS.layersPerClaim + 1 }, () => ({ layer: A, isKnown: false, images: [] })),
      },
    },
  ])('with an invalid $name is rejected', async ({ json }) => {
    const { status, body } = await request<Problem>(api, 'POST', '/api/v1/image-layers/claims', { json, key })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'BODY_INVALID' })
  })
})

describe('a report', () => {
  test('of progress renews the lease of its node only', async () => {
    await claim([A])
    await expire()
    expect(await report({ state: 'scanning', nodeName: 'node-2' })).toEqual({ isLeased: false })
    expect(await report({ state: 'scanning' })).toEqual({ isLeased: true })
    expect(await claim([A], { nodeName: 'node-2' })).toMatchObject({ [A]: { state: 'elsewhere' } })
  })

  test('of progress ends the lease after its maximum time', async () => {
    await claim([A])
    await api.query(`UPDATE image_layer_scans SET leased_at = now() - interval '7 hours'`)
    expect(await report({ state: 'scanning' })).toEqual({ isLeased: false })
  })

  test('of an outcome without a lease is stored, and a second one does not hide its findings', async () => {
    await report({ result: INFECTED })
    await report({ nodeName: 'node-2' })
    expect(await claim([A])).toMatchObject({ [A]: { result: INFECTED } })
  })

  test('of a failure leaves the layer to other nodes', async () => {
    await claim([A])
    await report({ state: 'failed', problem: 'ENOENT' })
    expect(await progress()).toMatchObject({ failed: 1, failures: [{ nodeName: 'node-1', layer: A, problem: 'ENOENT' }] })
    expect(await claim([A])).toMatchObject({ [A]: { state: 'waiting' } })
    expect(await claim([A], { nodeName: 'node-2' })).toMatchObject({ [A]: { state: 'leased' } })
  })

  test('requires an ingestion key', async () => {
    const { status } = await request(api, 'POST', '/api/v1/image-layers/reports', { json: {}, session })
    expect(status).toBe(401)
  })
})

describe('the console', () => {
  const addPod = (podName: string, image: string) =>
    post(
      api,
      '/api/v1/pods/logs',
      key,
      messages.PodLogBatch.encode({
        node: { clusterId: 'test', nodeName: 'node-1', observedAtMs: Date.now() },
        pods: [
          {
            ...{ clusterId: 'test', nodeName: 'node-1', namespace: 'shop', podName, podUid: podName, observedAtMs: Date.now() },
            containers: [{ name: 'web', containerId: podName, image }],
          },
        ],
      }).finish(),
    )

  test('reads progress with layers in progress and an estimate', async () => {
    await claim([A, B, C])
    expect(await progress()).toMatchObject({ total: 3, scanned: 0, scanning: 1, waiting: 2, remainingSeconds: null })
    await api.query(`UPDATE image_layer_scans SET leased_at = now() - interval '10 seconds' WHERE layer = $1`, [A])
    await report({ result: INFECTED })
    await claim([A, B, C])
    await report({ layer: B, state: 'scanning', result: { ...CLEAN, bytesScanned: 500 } })
    const read = await progress()
    expect(read).toMatchObject({ total: 3, scanned: 1, scanning: 1, waiting: 1, failed: 0, findingCount: 1 })
    expect(read.scans).toMatchObject([{ nodeName: 'node-1', layer: B, images: ['shop:1'], sizeBytes: 2000, bytesScanned: 500 }])
    expect(read.remainingSeconds).toBeGreaterThanOrEqual(20)
    expect(read.remainingSeconds).toBeLessThan(60)
  })

  test('estimates by the newest scans', async () => {
    await claim([A])
    await report({ layer: B })
    await api.query(
      `UPDATE image_layer_scans SET leased_at = now() - interval '2 hours', scanned_at = now() - interval '1 hour' WHERE layer = $1`,
      [B],
    )
    await api.query(
      `INSERT INTO image_layer_scans (cluster_id, signature_generation, rule_version, layer, node_name, state, leased_at, scanned_at)
       SELECT 'test', 'g1', 'r1', 'local:' || lpad(number::text, 64, '0'), 'node-1', 'scanned', now() - interval '10 seconds', now()
       FROM generate_series(1, 20) AS number`,
    )
    expect(await progress()).toMatchObject({ scanned: 21, scanning: 1, remainingSeconds: 10 })
  })

  test('counts a node that has just scanned a layer in the estimate', async () => {
    await claim([A, B, C])
    await claim([A, B, C], { nodeName: 'node-2' })
    await api.query(`UPDATE image_layer_scans SET leased_at = now() - interval '10 seconds' WHERE layer = $1`, [A])
    await report({})
    expect(await progress()).toMatchObject({ scanned: 1, scanning: 1, waiting: 1 })
    expect((await progress()).remainingSeconds).toBeLessThan(15)
    await api.query(
      `UPDATE image_layer_scans SET leased_at = leased_at - interval '5 seconds', scanned_at = scanned_at - interval '5 seconds'`,
    )
    expect((await progress()).remainingSeconds).toBeGreaterThanOrEqual(20)
  })

  test('counts a layer with its newest signatures only', async () => {
    await report({})
    await claim([A], { signatureGeneration: 'g2', wantsLease: false })
    expect(await progress()).toMatchObject({ total: 1, scanned: 0, waiting: 1 })
  })

  test('lists images with their state, findings and pods, in pages', async () => {
    const used = (image: string, one: string) => ({ layers: [{ layer: one, isKnown: false, images: [image] }], wantsLease: false })
    await claim([], used('shop:1', A))
    await claim([], used('api:2', B))
    await report({ result: INFECTED })
    await addPod('web-1', 'shop:1')
    await addPod('web-2', 'shop:1')
    const first = await images('?limit=1')
    expect(first.items).toMatchObject([{ image: 'api:2', state: 'pending', layers: 1, layersScanned: 0, workloadCount: 0, workloads: [] }])
    const second = await images(`?limit=1&cursor=${first.nextCursor}`)
    expect(second).toMatchObject({
      items: [{ image: 'shop:1', state: 'scanned', layersScanned: 1, findingCount: 1, workloadCount: 2 }],
      nextCursor: null,
    })
    expect(second.items[0]?.workloads.map(({ podName }) => podName)).toEqual(['web-1', 'web-2'])
    expect((await images('?findings=true')).items.map(({ image }) => image)).toEqual(['shop:1'])
    expect((await images('?state=pending')).items.map(({ image }) => image)).toEqual(['api:2'])
    expect((await images('?search=SHOP')).items.map(({ image }) => image)).toEqual(['shop:1'])
  })
})

test('a complete image removes the coverage entry of its container only', async () => {
  const reason = toWireNumber(COVERAGE_REASONS, 'image_not_scanned')
  const trigger = toWireNumber(SCAN_TRIGGERS, 'image_layer')
  const nowMs = Date.now()
  const coverage = [{ reason, path: Buffer.alloc(0), detail: '2 of 3 layers' }]
  const result = (containerId: string, changes: object) => aResult({ containerId, trigger, findings: [], ...changes })
  const send = (...results: ReturnType<typeof aResult>[]) => post(api, '/api/v1/scan/results', key, batchBody(results))
  const pending = async () => (await api.query<{ id: string }>('SELECT container_id AS id FROM coverage ORDER BY 1')).map(({ id }) => id)
  await send(result('one', { coverage, finishedAtMs: nowMs - 20 }), result('two', { coverage, finishedAtMs: nowMs - 20 }))
  await send(result('one', { trigger: 1, finishedAtMs: nowMs - 10 }))
  expect(await pending()).toEqual(['one', 'two'])
  await send(result('one', { coverage: [{ reason: 1, path: Buffer.from('/big'), count: 1 }], finishedAtMs: nowMs - 5 }))
  expect((await api.query('SELECT reason FROM coverage WHERE container_id = $1', ['one'])).map((row) => row)).toEqual([
    { reason: 'too_large' },
  ])
  // A later generation: the entry is newer than the completion, which a spool may deliver late.
  await send(result('two', { coverage, finishedAtMs: nowMs }))
  await send(result('two', { finishedAtMs: nowMs - 1 }))
  expect(await pending()).toEqual(['one', 'two'])
})

test('retention deletes layers and images that are not used any more', async () => {
  await claim([A, B])
  await api.query(`UPDATE image_layer_scans SET last_used_at = now() - interval '8 days' WHERE layer = $1`, [A])
  await api.query(`UPDATE image_layer_images SET last_used_at = now() - interval '8 days' WHERE layer = $1`, [A])
  const database = new Database({ databaseUrl: api.config.databaseUrl, applicationName: 'test' })
  expect(await new SweepRepository(database).deleteUnusedImageLayers(7)).toBe(2)
  await database.close()
  expect(await progress()).toMatchObject({ total: 1 })
})
