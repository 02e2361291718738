import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DEFAULT_SCAN_CONFIG,
  messages,
  type Problem,
  RULE_TRIAL_HEADER,
  RULE_TRIAL_LIMITS,
  type RuleTrialHit,
  type RuleTrialList,
  type RuleTrialOrder,
  type RuleTrialReceipt,
  type RuleTrialReport,
  type RuleTrialView,
  SCAN_CONFIG_HEADER,
} from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { aGeneration, writeVolume } from '../../signature-server/test/stored-volume.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { aResult, batchBody, post } from './messages.js'

const RULES = 'rule Tool { strings: $a = "a tool of ours" condition: $a }\n'
const TRIALS = '/api/signatures/rule-trials'
/** Compiling starts a process, which is slow on a busy machine. */
const TEST_TIMEOUT_MS = 60_000

let folder: string
let authority: TestAuthority
let server: RunningServer
let api: TestApi
let session: TestSession
let keys: { write: string; ingestion: string; read: string }

beforeAll(async () => {
  folder = await temporaryFolder('rule-trials')
  authority = await createAuthority('rule trials')
  await writeVolume(join(folder, 'volume'), [aGeneration('g1')])
  await mkdir(join(folder, 'volume', 'golden'), { recursive: true })
  await writeFile(join(folder, 'volume', 'golden', 'tool.sh'), '#!/bin/sh\n# a tool of ours\n')
  server = await startServer({ folder, authority })
  const signatureServer = { url: new URL(server.url), caFile: server.caFile, managementKeyFile: join(folder, 'management-key') }
  api = await startTestApi({ config: { signatureServer } })
  session = await api.login()
  const [write, ingestion, read] = [
    await api.createKey('signatures:write'),
    await api.createKey('ingestion'),
    await api.createKey('console:read'),
  ]
  keys = { write, ingestion, read }
}, TEST_TIMEOUT_MS)
afterAll(async () => {
  await api.close()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
  await rm(authority.folder, { recursive: true })
})
beforeEach(async () => {
  await api.query('TRUNCATE rule_trials, rule_trial_nodes, nodes, audit_log, findings, file_sightings')
  for (const nodeName of ['node-1', 'node-2']) await appear(nodeName)
})

async function appear(nodeName: string): Promise<void> {
  const node = { clusterId: 'test', nodeName, observedAtMs: Date.now() }
  await post(api, '/api/v1/pods/logs', keys.ingestion, messages.PodLogBatch.encode({ node }).finish())
}
const start = <Body = RuleTrialView>(json: unknown = { name: 'tools', rules: RULES }, as: object = { session }) =>
  request<Body>(api, 'POST', TRIALS, { json, ...as })
/** Starts a trial without the signature server, which takes a second. */
async function started(): Promise<string> {
  const trialId = randomUUID()
  await api.query(`UPDATE rule_trials SET state = 'superseded', ended_at = now() WHERE state = 'running'`)
  await api.query(
    `INSERT INTO rule_trials (trial_id, name, rules, sha256, size_bytes, golden, state, created_by, expires_at)
     VALUES ($1, '', 'rule A { condition: true }', '\\x00', 26, '{"files":0,"hitCount":0,"hits":[],"problem":""}', 'running', 'ada', now() + interval '1 hour')`,
    [trialId],
  )
  for (const name of ['node-1', 'node-2'])
    await api.query(`INSERT INTO rule_trial_nodes (trial_id, cluster_id, node_name, state) VALUES ($1, 'test', $2, 'waiting')`, [
      trialId,
      name,
    ])
  await api.query(`UPDATE rule_trials SET sha256 = decode(repeat('ab', 32), 'hex') WHERE trial_id = $1`, [trialId])
  await api.query('NOTIFY guardimesh_signatures')
  return trialId
}
const read = async (trialId: string) => (await request<RuleTrialView>(api, 'GET', `${TRIALS}/${trialId}`, { session })).body
const aHit = (changes: Partial<RuleTrialHit> = {}): RuleTrialHit => ({
  namespace: 'shop',
  podName: 'web',
  containerName: 'web',
  containerId: 'c0ffee',
  image: 'shop:1',
  path: '/srv/tool.sh',
  layer: 'upperdir',
  sha256: 'c'.repeat(64),
  sizeBytes: 28,
  rule: 'Tool',
  ...changes,
})
const aReport = (changes: Partial<RuleTrialReport> = {}): RuleTrialReport => ({
  clusterId: 'test',
  nodeName: 'node-1',
  state: 'running',
  problem: '',
  filesScanned: 10,
  bytesScanned: 1000,
  notScanned: [{ reason: 'too_large', files: 1 }],
  hitCount: 1,
  hits: [aHit()],
  ...changes,
})
const report = <Body = RuleTrialReceipt>(trialId: string, json: unknown, as: object = { key: keys.ingestion }) =>
  request<Body>(api, 'POST', `/api/v1/scan/rule-trials/${trialId}/reports`, { json, ...as })
const order = <Body = RuleTrialOrder>(as: object = { key: keys.ingestion }) => request<Body>(api, 'GET', '/api/v1/scan/rule-trial', as)

test(
  'checks rules on the golden set, offers them to nodes, and records author and hash in the audit log',
  async () => {
    const { status, body } = await start()
    expect(status).toBe(202)
    const sha256 = createHash('sha256').update(RULES).digest('hex')
    expect(body).toMatchObject({
      ...{ name: 'tools', sha256, sizeBytes: RULES.length, state: 'running', createdBy: 'admin@example.org', endedAt: null },
      nodes: { expected: 2, answered: 0, failed: 0 },
      golden: { files: 1, hitCount: 1, hits: [{ file: join(server.volume, 'golden', 'tool.sh'), rule: 'Tool' }], problem: '' },
      hits: [],
      openNodes: [{ nodeName: 'node-1', state: 'waiting' }, { nodeName: 'node-2' }],
    })
    expect(body).not.toHaveProperty('rules')
    expect((await order()).body).toEqual({ trialId: body.trialId, rules: RULES, expiresAt: body.expiresAt })
    const entries = await api.query('SELECT actor_name, action, target, details FROM audit_log')
    const details = { sha256, sizeBytes: RULES.length }
    expect(entries).toEqual([{ actor_name: 'admin@example.org', action: 'signatures.rule-trial', target: body.trialId, details }])
  },
  TEST_TIMEOUT_MS,
)

test(
  'rejects rules that do not compile with the line, without offering them to nodes',
  async () => {
    const { status, body } = await start<Problem>({ rules: 'rule Bad {\n condition: $b\n}\n' })
    expect([status, body.code]).toEqual([422, 'SIGNATURES_INVALID'])
    expect(body.detail).toMatch(/line 2: unknown pattern/)
    expect((await order<Problem>()).body).toMatchObject({ status: 404, code: 'RULE_TRIAL_NOT_FOUND' })
    expect(await api.query('SELECT FROM rule_trials')).toEqual([])
  },
  TEST_TIMEOUT_MS,
)

test(
  'supersedes the running trial and stops its nodes',
  async () => {
    const first = await started()
    const { trialId } = (await start({ rules: RULES }, { key: keys.write })).body
    expect(await read(first)).toMatchObject({ state: 'superseded', endedAt: expect.any(String) })
    expect((await report(first, aReport())).body).toEqual({ isActive: false })
    expect((await read(first)).hits).toEqual([])
    expect((await order()).body.trialId).toBe(trialId)
    const { items } = (await request<RuleTrialList>(api, 'GET', TRIALS, { session })).body
    expect(items.map((one) => [one.trialId, one.state])).toEqual([
      [trialId, 'running'],
      [first, 'superseded'],
    ])
  },
  TEST_TIMEOUT_MS,
)

test(
  'keeps the newest 20 trials and allows one running trial',
  async () => {
    await api.query(
      `INSERT INTO rule_trials SELECT gen_random_uuid(), '', 'x', '\\x00', 1, '{}', 'ended', '', now() - make_interval(hours => n), now() FROM generate_series(1, 25) AS n`,
    )
    const first = await start()
    expect(first.status).toBe(202)
    const states = await api.query<{ state: string }>('SELECT state FROM rule_trials ORDER BY created_at DESC')
    expect([states.length, states[0]?.state]).toEqual([RULE_TRIAL_LIMITS.listed, 'running'])
    await expect(api.query(`UPDATE rule_trials SET state = 'running'`)).rejects.toThrow(/rule_trials_running/)
  },
  TEST_TIMEOUT_MS,
)

describe('a report of a node', () => {
  test('is stored once per node, and the last one ends the trial', async () => {
    const trialId = await started()
    for (const filesScanned of [1, 5, 5]) expect((await report(trialId, aReport({ filesScanned }))).body).toEqual({ isActive: true })
    expect(await read(trialId)).toMatchObject({
      ...{ filesScanned: 5, bytesScanned: 1000, hitCount: 1, notScanned: [{ reason: 'too_large', files: 1 }] },
      nodes: { expected: 2, answered: 0, failed: 0 },
      hits: [{ ...aHit(), clusterId: 'test', nodeName: 'node-1' }],
      openNodes: [
        { nodeName: 'node-1', state: 'running' },
        { nodeName: 'node-2', state: 'waiting' },
      ],
    })
    expect((await report(trialId, aReport({ state: 'done', filesScanned: 9 }))).body).toEqual({ isActive: true })
    // A report after the end of the trial.
    await report(trialId, aReport({ filesScanned: 2 }))
    expect(await read(trialId)).toMatchObject({ filesScanned: 9, nodes: { expected: 2, answered: 1, failed: 0 }, state: 'running' })
    const failed = aReport({ nodeName: 'node-2', state: 'failed', problem: 'the rules took too long', hits: [], hitCount: 0 })
    expect((await report(trialId, failed)).body).toEqual({ isActive: false })
    expect(await read(trialId)).toMatchObject({
      ...{ state: 'done', endedAt: expect.any(String), nodes: { expected: 2, answered: 1, failed: 1 } },
      openNodes: [{ nodeName: 'node-2', state: 'failed', problem: 'the rules took too long' }],
    })
    expect((await order()).status).toBe(404)
  })

  test('is stored concurrently for all nodes', async () => {
    for (let round = 0; round < 5; round++) {
      const trialId = await started()
      await Promise.all(['node-1', 'node-2'].map((nodeName) => report(trialId, aReport({ nodeName, state: 'done' }))))
      expect((await read(trialId)).state).toBe('done')
    }
  })

  test('is accepted from a node that joined later', async () => {
    const trialId = await started()
    await report(trialId, aReport({ nodeName: 'node-3' }))
    for (const nodeName of ['node-1', 'node-2']) await report(trialId, aReport({ nodeName, state: 'done' }))
    expect(await read(trialId)).toMatchObject({ state: 'running', nodes: { expected: 3, answered: 2 } })
  })

  test('is listed up to the limit', async () => {
    const trialId = await started()
    const hits = Array.from({ length: RULE_TRIAL_LIMITS.hitsPerNode }, (_, n) => aHit({ path: `/srv/${n}` }))
    for (let n = 0; n < 7; n++) await report(trialId, aReport({ nodeName: `many-${n}`, hits, hitCount: 2 ** 52 }))
    const view = await read(trialId)
    expect([view.hits.length, view.hitCount]).toEqual([RULE_TRIAL_LIMITS.hitsShown, Number.MAX_SAFE_INTEGER])
  })

  test('creates no findings or sightings', async () => {
    await report(await started(), aReport({ state: 'done' }))
    expect(await api.query('SELECT FROM findings')).toEqual([])
    expect(await api.query('SELECT FROM file_sightings')).toEqual([])
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
    const trialId = await started()
    const answer = await report<Problem>(trialId, { ...aReport(), ...changes })
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID'])
    expect((await read(trialId)).openNodes.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  })

  test('is rejected above the size limit and for an invalid trial id', async () => {
    const trialId = await started()
    expect((await report(trialId, { junk: 'x'.repeat(5 * 2 ** 20) })).status).toBe(413)
    expect((await report(randomUUID(), aReport())).body).toEqual({ isActive: false })
    expect((await report<Problem>('x', aReport())).status).toBe(404)
  })
})

test('expires a trial after an hour', async () => {
  const trialId = await started()
  await api.query(`UPDATE rule_trials SET expires_at = now() - interval '1 second'`)
  expect(await read(trialId)).toMatchObject({ state: 'expired', endedAt: expect.any(String) })
  expect((await order()).status).toBe(404)
  expect((await report(trialId, aReport({ state: 'done' }))).body).toEqual({ isActive: false })
})

test('ends a trial once', async () => {
  const trialId = await started()
  const end = () => request<RuleTrialView>(api, 'DELETE', `${TRIALS}/${trialId}`, { session })
  expect((await end()).body).toMatchObject({ state: 'ended' })
  expect((await end()).body).toMatchObject({ state: 'ended' })
  expect(await api.query('SELECT action, details FROM audit_log')).toEqual([
    { action: 'signatures.rule-trial-end', details: { sha256: 'ab'.repeat(32), sizeBytes: 26 } },
  ])
  expect((await request(api, 'DELETE', `${TRIALS}/${randomUUID()}`, { session })).body.code).toBe('RULE_TRIAL_NOT_FOUND')
})

test('adds the change headers to responses for nodes only', async () => {
  const trialId = await started()
  const results = () => post(api, '/api/v1/scan/results', keys.ingestion, batchBody([aResult({ findings: [] })]))
  const named = async () => {
    await results()
    const response = await request(api, 'GET', '/api/v1/scan/config', { key: keys.ingestion })
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
  await request(api, 'DELETE', `${TRIALS}/${trialId}`, { session })
  await waitFor(async () => (await named()).trial === 'none' || undefined, 3000)
  const changed = await request<{ etag: string }>(api, 'PUT', '/api/scan/config', {
    session,
    json: { ...DEFAULT_SCAN_CONFIG, activeScan: false },
  })
  await waitFor(async () => (await named()).config === changed.body.etag || undefined, 3000)
  const { headers } = await request(api, 'GET', TRIALS, { session })
  expect(headers.get(RULE_TRIAL_HEADER)).toBeNull()
})

test.each([
  { name: 'without rules', json: {} },
  { name: 'with empty rules', json: { rules: '' } },
  { name: 'with more than 256 Ki characters', json: { rules: ' '.repeat(RULE_TRIAL_LIMITS.rulesChars + 1) } },
  { name: 'with a name that is too long', json: { name: 'x'.repeat(101), rules: RULES } },
])('rejects a trial $name', async ({ json }) => {
  expect(await start<Problem>(json)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
})

test('restricts trials to administrators and keys with signatures:write, and reports to nodes', async () => {
  const trialId = await started()
  const codes = async (as: object) => [
    (await start<Problem>({ rules: RULES }, as)).body.code,
    (await request(api, 'GET', TRIALS, as)).body.code,
    (await request(api, 'GET', `${TRIALS}/${trialId}`, as)).body.code,
    (await request(api, 'DELETE', `${TRIALS}/${trialId}`, as)).body.code,
  ]
  for (const key of [keys.read, keys.ingestion]) expect(new Set(await codes({ key }))).toEqual(new Set(['SCOPE_MISSING']))
  await api.query(`UPDATE accounts SET role = 'viewer'`)
  expect(new Set(await codes({ session }))).toEqual(new Set(['ROLE_MISSING']))
  await api.query(`UPDATE accounts SET role = 'administrator'`)
  expect((await order<Problem>({ key: keys.write })).body.code).toBe('SCOPE_MISSING')
  expect((await report<Problem>(trialId, aReport(), { key: keys.write })).body.code).toBe('SCOPE_MISSING')
  expect((await report<Problem>(trialId, aReport(), {})).status).toBe(401)
})
