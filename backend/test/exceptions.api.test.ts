import {
  type ExceptionPage,
  type ExceptionPreview,
  type ExceptionView,
  FindingFilters,
  type FindingPage,
  type FindingView,
} from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApi } from '../src/create-app.js'
import { ActiveExceptionsService } from '../src/features/exceptions/active-exceptions.service.js'
import { matchesFilters } from '../src/features/findings/matches-filters.js'
import { request, waitFor } from './client.js'
import { aDetection, HASH, type IncidentsApi, startIncidentsApi } from './incidents-harness.js'
import { aFinding, aResult, batchBody, post } from './messages.js'

const PATH = '/api/exceptions'
const SHA256 = HASH.toString('hex')
const reason = 'Test file of the continuous integration.'
const DAY_MS = 86_400_000

let incidents: IncidentsApi

beforeAll(async () => {
  incidents = await startIncidentsApi()
})
afterAll(() => incidents.api.close())
beforeEach(async () => {
  await incidents.clear()
  await incidents.api.query('DELETE FROM findings')
  await incidents.api.query(`DELETE FROM exceptions`)
  incidents.api.app.get(ActiveExceptionsService, { strict: false }).clearCache()
})

const call = <Body>(method: string, path: string, json?: unknown) =>
  request<Body & { code: string }>(incidents.api, method, path, { session: incidents.session, ...(json === undefined ? {} : { json }) })
const create = async (criteria: object, changes: object = {}) => {
  const answer = await call<ExceptionView>('POST', PATH, { criteria, reason, ...changes })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}
const list = async (query = '') => (await call<ExceptionPage>('GET', `${PATH}?${query}`)).body
const read = async (exceptionId: number) => (await call<ExceptionView>('GET', `${PATH}/${exceptionId}`)).body
const findings = async (query = '') => (await call<FindingPage>('GET', `/api/findings?limit=1000&${query}`)).body
const preview = async (criteria: object) => (await call<ExceptionPreview>('POST', `${PATH}/preview`, { criteria })).body
const audit = () => incidents.api.query('SELECT action, actor_name, target, details FROM audit_log ORDER BY audit_id')
/** Events from which the worker queues messages. */
const events = () => incidents.api.query('SELECT kind FROM incident_events')
const change = (exceptionId: number, json: object) => call<ExceptionView>('PATCH', `${PATH}/${exceptionId}`, json)
const revoke = (exceptionId: number) => call<ExceptionView>('POST', `${PATH}/${exceptionId}/revoke`)

describe('a finding that matches an exception', () => {
  test('is stored, but opens no incident, sends no message and is left out of the lists', async () => {
    const { exceptionId } = await create({ sha256: SHA256, namespace: 'shop' })
    await incidents.send(aDetection(), aDetection(), aDetection({ namespace: 'bank' }))
    expect(await incidents.only()).toMatchObject({ findings: 1, workloads: 1 })
    expect(await events()).toHaveLength(1)
    expect(await findings()).toMatchObject({ total: 1, excepted: { total: 2, totalIsMinimum: false }, items: [{ namespace: 'bank' }] })
    expect(await findings('namespace=bank')).toMatchObject({ total: 1, excepted: { total: 0 } })
    for (const query of ['any', exceptionId])
      expect(await findings(`exception=${query}`)).toMatchObject({
        total: 2,
        excepted: null,
        items: [
          { exceptionId, namespace: 'shop' },
          { exceptionId, namespace: 'shop' },
        ],
      })
    expect(await findings('exception=all')).toMatchObject({ total: 3 })
    expect(await findings(`exception=${exceptionId + 1}`)).toMatchObject({ total: 0 })
    const all = (await findings('exception=all')).items
    for (const query of ['', 'exception=none', 'exception=any', `exception=${exceptionId}`, 'exception=99']) {
      const filters = FindingFilters.parse(Object.fromEntries(new URLSearchParams(query)))
      // The live stream has the same findings as the list.
      expect(all.filter((finding) => matchesFilters(finding, filters))).toEqual((await findings(query)).items)
    }
    const [hidden] = (await findings('exception=any')).items
    expect((await call<FindingView>('GET', `/api/findings/${hidden?.findingId}`)).body.exceptionId).toBe(exceptionId)
    const seen = await read(exceptionId)
    expect(seen.hits).toBe(2)
    expect(Date.now() - Date.parse(seen.lastHitAt ?? '')).toBeLessThan(60_000)
    const { body: overview } = await call<{ findingsLastDay: number }>('GET', '/api/overview')
    expect(overview.findingsLastDay).toBe(1)
  })

  test('counts once when it is sent again', async () => {
    const { exceptionId } = await create({ sha256: SHA256 })
    const result = aDetection()
    await incidents.send(result)
    await incidents.send(result, aDetection())
    expect((await read(exceptionId)).hits).toBe(2)
    expect((await incidents.list()).items).toEqual([])
  })

  test('does not reopen an incident', async () => {
    await incidents.send(aDetection())
    const { incidentId } = await incidents.only()
    await incidents.change(incidentId, { status: 'resolved', resolution: 'false_positive' })
    await create({ sha256: SHA256 })
    await incidents.send(aDetection())
    expect(await incidents.only()).toMatchObject({ status: 'resolved', findings: 1 })
  })

  test('is marked with the oldest of several exceptions', async () => {
    const first = await create({ path: '/srv/**', workload: 'shop-*' })
    await create({ sha256: SHA256 })
    await incidents.send(aDetection())
    expect((await findings('exception=any')).items).toMatchObject([{ exceptionId: first.exceptionId }])
  })
})

test('findings count again after the exception is revoked; earlier ones stay marked', async () => {
  const { exceptionId } = await create({ sha256: SHA256 })
  await incidents.send(aDetection())
  expect((await revoke(exceptionId)).body).toMatchObject({ state: 'revoked', revokedBy: 'admin@example.org' })
  await incidents.send(aDetection())
  expect(await incidents.only()).toMatchObject({ findings: 1 })
  expect(await findings()).toMatchObject({ total: 1, excepted: { total: 1 } })
  expect(await revoke(exceptionId)).toMatchObject({ status: 200, body: { state: 'revoked' } })
  expect((await audit()).map((entry) => Reflect.get(entry, 'action'))).toEqual(['exception.create', 'exception.revoke'])
  expect(await change(exceptionId, { reason })).toMatchObject({ status: 409, body: { code: 'EXCEPTION_REVOKED' } })
})

test('findings count again after the exception expires; a longer validity reactivates it', async () => {
  const { exceptionId } = await create({ sha256: SHA256 })
  await incidents.api.query(`UPDATE exceptions SET expires_at = now()`)
  await incidents.send(aDetection())
  expect(await incidents.only()).toMatchObject({ findings: 1 })
  expect(await read(exceptionId)).toMatchObject({ state: 'expired' })
  const { body } = await change(exceptionId, { expiresInDays: 'never', reason: 'Still part of the tests.' })
  expect(body).toMatchObject({ state: 'active', expiresAt: null, reason: 'Still part of the tests.' })
  const { total } = await findings()
  await incidents.send(aDetection())
  expect((await findings()).total).toBe(total)
})

test('other backends use a new exception within seconds', async () => {
  const other = await createApi(incidents.api.config, createLogger('test', 'silent'))
  try {
    const url = await other.listen('127.0.0.1', 0)
    const key = await incidents.api.createKey('ingestion')
    const send = () => post({ url }, '/api/v1/scan/results', key, batchBody([aDetection()]))
    await send()
    const { exceptionId } = await create({ sha256: SHA256 })
    const startedAtMs = Date.now()
    await waitFor(async () => {
      await send()
      return (await read(exceptionId)).hits > 0 || undefined
    })
    // Faster than the cache expires, so by the notification.
    expect(Date.now() - startedAtMs).toBeLessThan(8_000)
  } finally {
    await other.close()
  }
})

describe('create', () => {
  test('expires after 30 days unless the request states otherwise, and is audited', async () => {
    const view = await create({ sha256: SHA256.toUpperCase() })
    expect(view).toMatchObject({ criteria: { sha256: SHA256 }, reason, state: 'active', createdBy: 'admin@example.org', hits: 0 })
    expect(view).toMatchObject({ isBroad: false, isUnused: false, lastHitAt: null, revokedAt: null })
    expect(Date.parse(view.expiresAt ?? '') - Date.parse(view.createdAt)).toBe(30 * DAY_MS)
    expect((await create({ signature: 'Worm' }, { expiresInDays: 'never' })).expiresAt).toBeNull()
    const after = { criteria: { sha256: SHA256 }, reason, expiresAt: view.expiresAt, revokedAt: null }
    expect((await audit())[0]).toEqual({
      action: 'exception.create',
      actor_name: 'admin@example.org',
      target: String(view.exceptionId),
      details: { before: null, after, isBroad: false },
    })
    await change(view.exceptionId, { reason: 'Another good reason.' })
    expect((await audit()).at(-1)).toMatchObject({
      action: 'exception.change',
      details: { before: after, after: { ...after, reason: 'Another good reason.' } },
    })
  })

  test('a broad exception requires a confirmation, which is audited', async () => {
    const json = { criteria: { namespace: 'ci' }, reason }
    expect(await call('POST', PATH, json)).toMatchObject({ status: 422, body: { code: 'EXCEPTION_TOO_BROAD' } })
    expect(await audit()).toEqual([])
    expect(await create({ namespace: 'ci' }, { confirmBroad: true })).toMatchObject({ isBroad: true })
    expect(await audit()).toMatchObject([{ action: 'exception.create', details: { isBroad: true } }])
  })

  test.each([
    { criteria: {}, reason },
    { criteria: { sha256: SHA256 } },
    { criteria: { sha256: SHA256, clusterId: 'x' }, reason },
    { criteria: { sha256: SHA256 }, reason, expiresInDays: 366 },
    { criteria: { sha256: SHA256 }, reason: 'x' },
  ])('rejects %j', async (json) => {
    expect(await call('POST', PATH, json)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  })

  test('accepts up to 1,000 active exceptions', async () => {
    await incidents.api.query(
      `INSERT INTO exceptions (criteria, is_broad, reason, created_by, updated_by)
       SELECT jsonb_build_object('signature', 'S' || n), false, 'x', '', '' FROM generate_series(1, 1000) AS n`,
    )
    expect(await call('POST', PATH, { criteria: { sha256: SHA256 }, reason })).toMatchObject({
      status: 409,
      body: { code: 'EXCEPTION_LIMIT_REACHED' },
    })
    const [newest] = (await list('limit=1')).items
    await revoke(newest?.exceptionId ?? 0)
    await create({ sha256: SHA256 })
  })
})

describe('list', () => {
  test('filters by state, flags exceptions that match nothing, and reads pages', async () => {
    const ids: number[] = []
    for (const signature of ['a', 'b', 'c', 'd']) ids.push((await create({ signature })).exceptionId)
    const [revoked = 0, expired = 0, unused = 0, active = 0] = ids
    await revoke(revoked)
    await incidents.api.query('UPDATE exceptions SET expires_at = now() WHERE exception_id = $1', [expired])
    await incidents.api.query(`UPDATE exceptions SET created_at = now() - interval '8 days' WHERE exception_id = $1`, [unused])
    const idsOf = async (query: string) => (await list(query)).items.map(({ exceptionId }) => exceptionId)
    expect(await idsOf('')).toEqual(ids.toReversed())
    expect(await idsOf('state=active')).toEqual([active, unused])
    expect(await idsOf('state=expired,revoked')).toEqual([expired, revoked])
    expect(await idsOf('unused=true')).toEqual([unused])
    expect((await list()).items.map(({ isUnused }) => isUnused)).toEqual([false, true, false, false])
    const first = await list('limit=3')
    expect((await list(`limit=3&cursor=${first.nextCursor}`)).items.map(({ exceptionId }) => exceptionId)).toEqual([revoked])
    expect(await call('GET', `${PATH}?unused=true&cursor=${first.nextCursor}`)).toMatchObject({ body: { code: 'CURSOR_INVALID' } })
  })

  test.each(['0', '99999', 'x'])('returns 404 for %s', async (id) => {
    const answers = [await call('GET', `${PATH}/${id}`), await change(Number(id), { reason }), await revoke(Number(id))]
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { code: 'EXCEPTION_NOT_FOUND' } })
  })
})

describe('preview', () => {
  test('counts findings and incidents of the last 30 days, with samples', async () => {
    const many = Array.from({ length: 12 }, (_, at) => aDetection({ namespace: 'ci', podName: `test-${at}` }))
    await incidents.send(...many, aDetection({ namespace: 'shop', clusterId: 'east' }), aDetection({ namespace: 'ci', clusterId: 'east' }))
    const seen = await preview({ sha256: SHA256, namespace: 'ci' })
    // The incident of the cluster "east" has a finding in another namespace.
    expect(seen).toMatchObject({ isBroad: false, findings: 13, isMinimum: false, incidents: 2, hiddenIncidents: 1 })
    expect(seen.samples).toHaveLength(10)
    expect(seen.samples[0]).toMatchObject({ namespace: 'ci', severity: 'high', signatureName: 'Test.Signature-1' })
    expect(await preview({ namespace: 'none' })).toMatchObject({
      isBroad: true,
      findings: 0,
      incidents: 0,
      hiddenIncidents: 0,
      samples: [],
    })
    await incidents.api.query(`UPDATE findings SET received_at = now() - interval '31 days' WHERE cluster_id = 'east'`)
    expect(await preview({ sha256: SHA256, namespace: 'ci' })).toMatchObject({ findings: 12, incidents: 1 })
  })

  const digest = `sha256:${'1'.repeat(64)}`
  const aBatch = () => [
    aResult({ findings: [aFinding({ path: Buffer.from('/opt/a*b/x.com'), signatureName: 'Eicar' })] }),
    aResult({ podName: 'shop-2', findings: [aFinding({ path: Buffer.from('/opt/a/b/x.com') })] }),
    aResult({ podName: '', namespace: '', containerName: 'shop-x', findings: [aFinding({ path: Buffer.from('/opt/x.com') })] }),
    aResult({
      clusterId: 'east',
      imageDigest: digest,
      findings: [aFinding({ sha256: Buffer.alloc(0), path: Buffer.from('/a\\b\n.[x]') })],
    }),
  ]
  test.each([
    [{ path: '/opt/*/x.com', workload: 'shop-1' }, 1],
    [{ path: '/opt/**' }, 3],
    [{ path: '/opt/a\\*b/?.com' }, 1],
    [{ path: '/a\\\\b*.[?]' }, 1],
    [{ path: '**\\x0a**' }, 1],
    [{ workload: 'shop-?' }, 4],
    [{ workload: 'shop-x' }, 1],
    [{ image: digest }, 1],
    [{ image: 'shop:1', cluster: 'east' }, 1],
    [{ signature: 'Eicar', namespace: 'shop', cluster: 'test' }, 1],
    [{ sha256: SHA256 }, 0],
  ])('%j matches %d findings, in the preview and when they are stored', async (criteria, count) => {
    await incidents.send(...aBatch())
    expect((await preview(criteria)).findings).toBe(count)
    await incidents.api.query('DELETE FROM findings')
    const { exceptionId } = await create(criteria, { confirmBroad: true })
    await incidents.send(...aBatch())
    expect((await findings(`exception=${exceptionId}`)).total).toBe(count)
  })
})
