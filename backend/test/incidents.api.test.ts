import type { IncidentAssigneeList, IncidentSummary, IncidentsChanged } from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { request } from './client.js'
import { aDetection, HASH, type IncidentsApi, startIncidentsApi } from './incidents-harness.js'

const ADMINISTRATOR = 'admin@example.org'
let incidents: IncidentsApi

beforeAll(async () => {
  incidents = await startIncidentsApi()
})
afterAll(() => incidents.api.close())
beforeEach(() => incidents.clear())

const hashOf = (byte: number) => Buffer.alloc(32, byte)
const audit = () => incidents.api.query('SELECT action, actor_name, target, details FROM audit_log ORDER BY audit_id')
const changeMany = (json: unknown) =>
  request<IncidentsChanged & { code: string }>(incidents.api, 'POST', '/api/incidents/changes', { session: incidents.session, json })

describe('list', () => {
  beforeEach(async () => {
    await incidents.send(
      aDetection({ namespace: 'bank', podName: 'bank-1', nodeName: 'node-9' }, { sha256: hashOf(1), severity: 5, signatureName: 'Worm' }),
    )
    await incidents.send(aDetection({ clusterId: 'east' }, { sha256: hashOf(2) }))
    await incidents.send(aDetection({}, { sha256: hashOf(3) }))
    const [, , worm] = (await incidents.list()).items
    await incidents.change(worm?.incidentId ?? 0, { status: 'in_progress', assignee: ADMINISTRATOR.toUpperCase() })
  })

  test.each([
    ['', [3, 2, 1]],
    ['status=in_progress', [1]],
    ['status=new,resolved', [3, 2]],
    ['severity=critical', [1]],
    ['cluster=east', [2]],
    ['namespace=bank', [1]],
    ['node=node-9', [1]],
    ['workload=bank-1', [1]],
    ['signature=Worm', [1]],
    [`assignee=${ADMINISTRATOR}`, [1]],
    ['assignee=none', [3, 2]],
    [`sha256=${'03'.repeat(32)}`, [3]],
    ['cluster=west', []],
  ])('filters by %s and counts', async (query, hashes) => {
    const page = await incidents.list(query)
    expect(page.items.map(({ sha256 }) => sha256)).toEqual(hashes.map((byte) => hashOf(byte).toString('hex')))
    expect(page.total).toBe(hashes.length)
  })

  test('reads pages, and rejects a cursor with other filters', async () => {
    const seen: IncidentSummary[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await incidents.list(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(page.total).toBe(3)
      seen.push(...page.items)
      if (page.nextCursor !== null)
        expect(await incidents.list(`limit=1&status=new&cursor=${page.nextCursor}`)).toMatchObject({ code: 'CURSOR_INVALID' })
      cursor = page.nextCursor
    }
    expect(seen).toEqual((await incidents.list()).items)
  })
})

describe('one incident', () => {
  test.each(['0', '99999', 'x', '1e3', '9'.repeat(30)])('returns 404 for %s', async (incidentId) => {
    const answer = await request(incidents.api, 'GET', `/api/incidents/${incidentId}`, { session: incidents.session })
    expect(answer).toMatchObject({ status: 404, body: { code: 'INCIDENT_NOT_FOUND' } })
  })

  test('records status, resolution, assignee and comment in timeline and audit log', async () => {
    await incidents.send(aDetection())
    const { incidentId, etag } = await incidents.only()
    const before = { status: 'new', resolution: null, assignee: null }
    const after = { status: 'resolved', resolution: 'true_positive', assignee: ADMINISTRATOR }
    const answer = await incidents.change(incidentId, { ...after, comment: 'Image removed.' }, { 'if-match': etag })
    expect(answer).toMatchObject({ status: 200, body: after })
    expect(answer.headers.get('etag')).toBe(answer.body.etag)
    expect(answer.body.timeline[0]).toMatchObject({ kind: 'changed', changedBy: ADMINISTRATOR, before, after, comment: 'Image removed.' })
    expect(await audit()).toEqual([
      {
        action: 'incident.change',
        actor_name: ADMINISTRATOR,
        target: String(incidentId),
        details: { before, after, comment: 'Image removed.' },
      },
    ])
    const unassigned = await incidents.change(incidentId, { assignee: null })
    expect(unassigned.body).toMatchObject({ status: 'resolved', resolution: 'true_positive', assignee: null })
  })

  test('rejects one of two concurrent changes, and a change before a reopening', async () => {
    await incidents.send(aDetection())
    const { incidentId, etag } = await incidents.only()
    const resolve = { status: 'resolved', resolution: 'test' }
    const answers = await Promise.all([1, 2].map(() => incidents.change(incidentId, resolve, { 'if-match': etag })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
    expect(answers.find(({ status }) => status === 412)?.body.code).toBe('INCIDENT_CHANGED')
    expect(await audit()).toHaveLength(1)
    const resolved = await incidents.only()
    await incidents.send(aDetection())
    expect(await incidents.change(incidentId, { assignee: ADMINISTRATOR }, { 'if-match': resolved.etag })).toMatchObject({ status: 412 })
  })

  test('more findings do not change the ETag', async () => {
    await incidents.send(aDetection())
    const { incidentId, etag } = await incidents.only()
    await incidents.send(aDetection({ podName: 'shop-2' }))
    expect((await incidents.change(incidentId, { status: 'in_progress' }, { 'if-match': etag })).status).toBe(200)
  })

  test.each([
    {},
    { comment: 'only' },
    { status: 'resolved' },
    { status: 'new', resolution: 'test' },
    { status: 'closed' },
    { assignee: 'nobody@example.org' },
    { status: 'new', comment: ' ' },
  ])('rejects %j', async (json) => {
    await incidents.send(aDetection())
    const { incidentId } = await incidents.only()
    expect(await incidents.change(incidentId, json)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
    expect(await audit()).toEqual([])
  })

  test('stores comments, also of attackers, as text', async () => {
    await incidents.send(aDetection())
    const { incidentId } = await incidents.only()
    const comment = `<b>'); DROP TABLE incidents; --`
    const path = `/api/incidents/${incidentId}/comments`
    expect((await request(incidents.api, 'POST', path, { session: incidents.session, json: { comment } })).status).toBe(200)
    expect((await incidents.only()).timeline[0]).toMatchObject({ kind: 'commented', changedBy: ADMINISTRATOR, comment })
    expect(await audit()).toMatchObject([{ action: 'incident.comment', details: { comment } }])
  })

  test('lists accounts as assignees', async () => {
    const { body } = await request<IncidentAssigneeList>(incidents.api, 'GET', '/api/incidents/assignees', { session: incidents.session })
    expect(body.items.map(({ email }) => email)).toEqual([ADMINISTRATOR])
  })
})

describe('several incidents', () => {
  const resolve = { status: 'resolved', resolution: 'accepted_risk', comment: 'Known.' }

  test('changes those with these ids, once', async () => {
    await incidents.send(...[1, 2, 3].map((byte) => aDetection({}, { sha256: hashOf(byte) })))
    const ids = (await incidents.list()).items.slice(0, 2).map(({ incidentId }) => incidentId)
    const request = { target: { kind: 'ids', incidentIds: ids }, change: resolve }
    expect((await changeMany(request)).body).toEqual({ changed: 2, isComplete: true })
    expect((await changeMany(request)).body).toEqual({ changed: 0, isComplete: true })
    expect((await incidents.list('status=resolved')).total).toBe(2)
    const [entry, ...rest] = await audit()
    expect(rest).toEqual([])
    expect(entry).toMatchObject({ action: 'incident.change-many', target: '2 incidents', details: { change: resolve } })
    const { timeline } = await incidents.read(ids[0] ?? 0)
    expect(timeline[0]).toMatchObject({ kind: 'changed', comment: 'Known.', before: { status: 'new' }, after: { status: 'resolved' } })
  })

  test('changes all that match filters, except those that were opened or reopened later', async () => {
    await incidents.send(
      ...Array.from({ length: 120 }, (_, at) => aDetection({ namespace: at % 2 ? 'bank' : 'shop' }, { sha256: hashOf(at + 1) })),
    )
    const [known] = (await incidents.list('namespace=bank&limit=1')).items
    const resolved = { target: { kind: 'ids', incidentIds: [known?.incidentId] }, change: resolve }
    expect((await changeMany(resolved)).status).toBe(200)
    const { newestEventId, total } = await incidents.list('namespace=bank')
    expect(total).toBe(60)
    await incidents.send(aDetection({ namespace: 'bank' }, { sha256: Buffer.from(known?.sha256 ?? '', 'hex') }))
    await incidents.send(aDetection({ namespace: 'bank' }, { sha256: hashOf(200) }))
    const target = { kind: 'matching', filters: { namespace: 'bank', status: 'new,in_progress' }, upToEventId: newestEventId }
    expect((await changeMany({ target, change: resolve })).body).toEqual({ changed: 59, isComplete: true })
    expect((await incidents.list('status=new')).total).toBe(62)
  })

  test('does not block or lose concurrent findings', async () => {
    const hashes = Array.from({ length: 40 }, (_, at) => hashOf(at + 1))
    const send = () => incidents.send(...hashes.map((sha256) => aDetection({}, { sha256 })))
    await send()
    const { newestEventId } = await incidents.list()
    const target = { kind: 'matching', filters: {}, upToEventId: newestEventId }
    const changes = Array.from({ length: 6 }, (_, turn) => changeMany({ target, change: { status: turn % 2 ? 'new' : 'in_progress' } }))
    const [answers] = await Promise.all([Promise.all(changes), ...Array.from({ length: 6 }, send)])
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
    expect((await incidents.list('limit=1000')).items.map(({ findings }) => findings)).toEqual(Array(40).fill(7))
  })

  test.each([
    { target: { kind: 'ids', incidentIds: [] }, change: resolve },
    { target: { kind: 'ids', incidentIds: [1.5] }, change: resolve },
    { target: { kind: 'matching', filters: { status: 'x' }, upToEventId: 1 }, change: resolve },
    { target: { kind: 'matching', filters: {} }, change: resolve },
    { target: { kind: 'ids', incidentIds: [1] }, change: {} },
  ])('rejects %j', async (json) => {
    expect(await changeMany(json)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  })
})

test('an incident of a hash can be found by the hash of the finding', async () => {
  await incidents.send(aDetection())
  expect((await incidents.list(`sha256=${HASH.toString('hex').toUpperCase()}`)).total).toBe(1)
})
