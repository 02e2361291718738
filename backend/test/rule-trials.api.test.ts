import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Problem, RULE_TRIAL_LIMITS, type RuleTrialList, type RuleTrialView } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request } from './client.js'
import { aReport, COMPILE_TIMEOUT_MS, RULES, RuleTrialHarness, TRIALS_PATH } from './rule-trials-harness.js'

let harness: RuleTrialHarness

beforeAll(async () => {
  harness = await RuleTrialHarness.start()
}, COMPILE_TIMEOUT_MS)
afterAll(() => harness.close())
beforeEach(() => harness.reset())

test(
  'checks rules on the golden set, offers them to nodes, and records author and hash in the audit log',
  async () => {
    const { status, body } = await harness.startTrial()
    expect(status).toBe(202)
    const sha256 = createHash('sha256').update(RULES).digest('hex')
    expect(body).toMatchObject({
      ...{ name: 'tools', sha256, sizeBytes: RULES.length, state: 'running', createdBy: 'admin@example.org', endedAt: null },
      nodes: { expected: 2, answered: 0, failed: 0 },
      golden: { files: 1, hitCount: 1, hits: [{ file: join(harness.server.volume, 'golden', 'tool.sh'), rule: 'Tool' }], problem: '' },
      hits: [],
      openNodes: [{ nodeName: 'node-1', state: 'waiting' }, { nodeName: 'node-2' }],
    })
    expect(body).not.toHaveProperty('rules')
    expect((await harness.readOrder()).body).toEqual({ trialId: body.trialId, rules: RULES, expiresAt: body.expiresAt })
    const entries = await harness.api.query('SELECT actor_name, action, target, details FROM audit_log')
    const details = { sha256, sizeBytes: RULES.length }
    expect(entries).toEqual([{ actor_name: 'admin@example.org', action: 'signatures.rule-trial', target: body.trialId, details }])
  },
  COMPILE_TIMEOUT_MS,
)

test(
  'rejects rules that do not compile with the line, without offering them to nodes',
  async () => {
    const { status, body } = await harness.startTrial<Problem>({ rules: 'rule Bad {\n condition: $b\n}\n' })
    expect([status, body.code]).toEqual([422, 'SIGNATURES_INVALID'])
    expect(body.detail).toMatch(/line 2: unknown pattern/)
    expect((await harness.readOrder<Problem>()).body).toMatchObject({ status: 404, code: 'RULE_TRIAL_NOT_FOUND' })
    expect(await harness.api.query('SELECT FROM rule_trials')).toEqual([])
  },
  COMPILE_TIMEOUT_MS,
)

test(
  'supersedes the running trial and stops its nodes',
  async () => {
    const first = await harness.insertTrial()
    const { trialId } = (await harness.startTrial({ rules: RULES }, { key: harness.keys.write })).body
    expect(await harness.readTrial(first)).toMatchObject({ state: 'superseded', endedAt: expect.any(String) })
    expect((await harness.sendReport(first, aReport())).body).toEqual({ isActive: false })
    expect((await harness.readTrial(first)).hits).toEqual([])
    expect((await harness.readOrder()).body.trialId).toBe(trialId)
    const { items } = (await request<RuleTrialList>(harness.api, 'GET', TRIALS_PATH, { session: harness.session })).body
    expect(items.map((one) => [one.trialId, one.state])).toEqual([
      [trialId, 'running'],
      [first, 'superseded'],
    ])
  },
  COMPILE_TIMEOUT_MS,
)

test(
  'keeps the newest 20 trials and allows one running trial',
  async () => {
    await harness.api.query(
      `INSERT INTO rule_trials SELECT gen_random_uuid(), '', 'x', '\\x00', 1, '{}', 'ended', '', now() - make_interval(hours => n), now() FROM generate_series(1, 25) AS n`,
    )
    const first = await harness.startTrial()
    expect(first.status).toBe(202)
    const states = await harness.api.query<{ state: string }>('SELECT state FROM rule_trials ORDER BY created_at DESC')
    expect([states.length, states[0]?.state]).toEqual([RULE_TRIAL_LIMITS.listed, 'running'])
    await expect(harness.api.query(`UPDATE rule_trials SET state = 'running'`)).rejects.toThrow(/rule_trials_running/)
  },
  COMPILE_TIMEOUT_MS,
)

test('expires a trial after an hour', async () => {
  const trialId = await harness.insertTrial()
  await harness.api.query(`UPDATE rule_trials SET expires_at = now() - interval '1 second'`)
  expect(await harness.readTrial(trialId)).toMatchObject({ state: 'expired', endedAt: expect.any(String) })
  expect((await harness.readOrder()).status).toBe(404)
  expect((await harness.sendReport(trialId, aReport({ state: 'done' }))).body).toEqual({ isActive: false })
})

test('ends a trial once', async () => {
  const trialId = await harness.insertTrial()
  const end = () => request<RuleTrialView>(harness.api, 'DELETE', `${TRIALS_PATH}/${trialId}`, { session: harness.session })
  expect((await end()).body).toMatchObject({ state: 'ended' })
  expect((await end()).body).toMatchObject({ state: 'ended' })
  expect(await harness.api.query('SELECT action, details FROM audit_log')).toEqual([
    { action: 'signatures.rule-trial-end', details: { sha256: 'ab'.repeat(32), sizeBytes: 26 } },
  ])
  expect((await request(harness.api, 'DELETE', `${TRIALS_PATH}/${randomUUID()}`, { session: harness.session })).body.code).toBe(
    'RULE_TRIAL_NOT_FOUND',
  )
})

test.each([
  { name: 'without rules', json: {} },
  { name: 'with empty rules', json: { rules: '' } },
  { name: 'with more than 256 Ki characters', json: { rules: ' '.repeat(RULE_TRIAL_LIMITS.rulesChars + 1) } },
  { name: 'with a name that is too long', json: { name: 'x'.repeat(101), rules: RULES } },
])('rejects a trial $name', async ({ json }) => {
  expect(await harness.startTrial<Problem>(json)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
})

test('restricts trials to administrators and keys with signatures:write, and reports to nodes', async () => {
  const trialId = await harness.insertTrial()
  const codes = async (as: object) => [
    (await harness.startTrial<Problem>({ rules: RULES }, as)).body.code,
    (await request(harness.api, 'GET', TRIALS_PATH, as)).body.code,
    (await request(harness.api, 'GET', `${TRIALS_PATH}/${trialId}`, as)).body.code,
    (await request(harness.api, 'DELETE', `${TRIALS_PATH}/${trialId}`, as)).body.code,
  ]
  for (const key of [harness.keys.read, harness.keys.ingestion]) expect(new Set(await codes({ key }))).toEqual(new Set(['SCOPE_MISSING']))
  await harness.api.query(`UPDATE accounts SET role = 'viewer'`)
  expect(new Set(await codes({ session: harness.session }))).toEqual(new Set(['ROLE_MISSING']))
  await harness.api.query(`UPDATE accounts SET role = 'administrator'`)
  expect((await harness.readOrder<Problem>({ key: harness.keys.write })).body.code).toBe('SCOPE_MISSING')
  expect((await harness.sendReport<Problem>(trialId, aReport(), { key: harness.keys.write })).body.code).toBe('SCOPE_MISSING')
  expect((await harness.sendReport<Problem>(trialId, aReport(), {})).status).toBe(401)
})
