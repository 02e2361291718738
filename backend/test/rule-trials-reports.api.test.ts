import { randomUUID } from 'node:crypto'
import { DEFAULT_SCAN_CONFIG, type Problem, RULE_TRIAL_HEADER, RULE_TRIAL_LIMITS, SCAN_CONFIG_HEADER } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { aResult, batchBody, post } from './messages.js'
import { aHit, aReport, COMPILE_TIMEOUT_MS, RuleTrialHarness, TRIALS_PATH } from './rule-trials-harness.js'

let harness: RuleTrialHarness

beforeAll(async () => {
  harness = await RuleTrialHarness.start()
}, COMPILE_TIMEOUT_MS)
afterAll(() => harness.close())
beforeEach(() => harness.reset())

describe('a report of a node', () => {
  test('is stored once per node, and the last one ends the trial', async () => {
    const trialId = await harness.insertTrial()
    for (const filesScanned of [1, 5, 5])
      expect((await harness.sendReport(trialId, aReport({ filesScanned }))).body).toEqual({ isActive: true })
    expect(await harness.readTrial(trialId)).toMatchObject({
      ...{ filesScanned: 5, bytesScanned: 1000, hitCount: 1, notScanned: [{ reason: 'too_large', files: 1 }] },
      nodes: { expected: 2, answered: 0, failed: 0 },
      hits: [{ ...aHit(), clusterId: 'test', nodeName: 'node-1' }],
      openNodes: [
        { nodeName: 'node-1', state: 'running' },
        { nodeName: 'node-2', state: 'waiting' },
      ],
    })
    expect((await harness.sendReport(trialId, aReport({ state: 'done', filesScanned: 9 }))).body).toEqual({ isActive: true })
    // A late report.
    await harness.sendReport(trialId, aReport({ filesScanned: 2 }))
    expect(await harness.readTrial(trialId)).toMatchObject({
      filesScanned: 9,
      nodes: { expected: 2, answered: 1, failed: 0 },
      state: 'running',
    })
    const failed = aReport({ nodeName: 'node-2', state: 'failed', problem: 'the rules took too long', hits: [], hitCount: 0 })
    expect((await harness.sendReport(trialId, failed)).body).toEqual({ isActive: false })
    expect(await harness.readTrial(trialId)).toMatchObject({
      ...{ state: 'done', endedAt: expect.any(String), nodes: { expected: 2, answered: 1, failed: 1 } },
      openNodes: [{ nodeName: 'node-2', state: 'failed', problem: 'the rules took too long' }],
    })
    expect((await harness.readOrder()).status).toBe(404)
  })

  test('is stored concurrently for all nodes', async () => {
    for (let round = 0; round < 5; round++) {
      const trialId = await harness.insertTrial()
      await Promise.all(['node-1', 'node-2'].map((nodeName) => harness.sendReport(trialId, aReport({ nodeName, state: 'done' }))))
      expect((await harness.readTrial(trialId)).state).toBe('done')
    }
  })

  test('is accepted from a node that joined later', async () => {
    const trialId = await harness.insertTrial()
    await harness.sendReport(trialId, aReport({ nodeName: 'node-3' }))
    for (const nodeName of ['node-1', 'node-2']) await harness.sendReport(trialId, aReport({ nodeName, state: 'done' }))
    expect(await harness.readTrial(trialId)).toMatchObject({ state: 'running', nodes: { expected: 3, answered: 2 } })
  })

  test('is listed up to the limit', async () => {
    const trialId = await harness.insertTrial()
    const hits = Array.from({ length: RULE_TRIAL_LIMITS.hitsPerNode }, (_, n) => aHit({ path: `/srv/${n}` }))
    for (let n = 0; n < 7; n++) await harness.sendReport(trialId, aReport({ nodeName: `many-${n}`, hits, hitCount: 2 ** 52 }))
    const view = await harness.readTrial(trialId)
    expect([view.hits.length, view.hitCount]).toEqual([RULE_TRIAL_LIMITS.hitsShown, Number.MAX_SAFE_INTEGER])
  })

  test('creates no findings or sightings', async () => {
    await harness.sendReport(await harness.insertTrial(), aReport({ state: 'done' }))
    expect(await harness.api.query('SELECT FROM findings')).toEqual([])
    expect(await harness.api.query('SELECT FROM file_sightings')).toEqual([])
  })

  test.each([
    { name: 'a path that is too long', changes: { hits: [aHit({ path: 'x'.repeat(20_000) })] } },
    { name: 'a rule with a name that is too long', changes: { hits: [aHit({ rule: 'x'.repeat(300) })] } },
    { name: 'too many hits', changes: { hits: Array.from({ length: 101 }, () => aHit()) } },
    { name: 'an invalid hash', changes: { hits: [aHit({ sha256: 'x' })] } },
    { name: 'a NUL character', changes: { hits: [aHit({ path: '/srv/\0' })] } },
    { name: 'a negative number', changes: { filesScanned: -1 } },
    { name: 'a number above 2^53', changes: { hitCount: 2 ** 60 } },
    { name: 'an unknown reason', changes: { notScanned: [{ reason: 'because', files: 1 }] } },
    { name: 'a state that nodes do not report', changes: { state: 'waiting' } },
    { name: 'a node without a name', changes: { nodeName: '' } },
    { name: 'a reason that is too long', changes: { problem: 'x'.repeat(2000) } },
  ])('is rejected with $name', async ({ changes }) => {
    const trialId = await harness.insertTrial()
    const answer = await harness.sendReport<Problem>(trialId, { ...aReport(), ...changes })
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID'])
    expect((await harness.readTrial(trialId)).openNodes.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  })

  test('is rejected above the size limit and for an invalid trial id', async () => {
    const trialId = await harness.insertTrial()
    expect((await harness.sendReport(trialId, { junk: 'x'.repeat(5 * 2 ** 20) })).status).toBe(413)
    expect((await harness.sendReport(randomUUID(), aReport())).body).toEqual({ isActive: false })
    expect((await harness.sendReport<Problem>('x', aReport())).status).toBe(404)
  })
})

test('adds the change headers to responses for nodes only', async () => {
  const trialId = await harness.insertTrial()
  const results = () => post(harness.api, '/api/v1/scan/results', harness.keys.ingestion, batchBody([aResult({ findings: [] })]))
  const named = async () => {
    await results()
    const response = await request(harness.api, 'GET', '/api/v1/scan/config', { key: harness.keys.ingestion })
    return {
      trial: response.headers.get(RULE_TRIAL_HEADER),
      config: response.headers.get(SCAN_CONFIG_HEADER),
      etag: response.headers.get('etag'),
    }
  }
  const news = await waitFor(async () => {
    const now = await named()
    return now.trial === trialId ? now : undefined
  }, 3000)
  expect(news.config).toBe(news.etag)
  await request(harness.api, 'DELETE', `${TRIALS_PATH}/${trialId}`, { session: harness.session })
  await waitFor(async () => (await named()).trial === 'none' || undefined, 3000)
  const changed = await request<{ etag: string }>(harness.api, 'PUT', '/api/scan/config', {
    session: harness.session,
    json: { ...DEFAULT_SCAN_CONFIG, activeScan: false },
  })
  await waitFor(async () => (await named()).config === changed.body.etag || undefined, 3000)
  const { headers } = await request(harness.api, 'GET', TRIALS_PATH, { session: harness.session })
  expect(headers.get(RULE_TRIAL_HEADER)).toBeNull()
})
