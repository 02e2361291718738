import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aDetection, HASH, type IncidentsApi, startIncidentsApi } from './incidents-harness.js'
import { aFinding, aResult } from './messages.js'

let incidents: IncidentsApi

beforeAll(async () => {
  incidents = await startIncidentsApi()
})
afterAll(() => incidents.api.close())
beforeEach(() => incidents.clear())

const events = () => incidents.api.query('SELECT kind, severity, findings, namespaces, sources FROM incident_events ORDER BY event_id')
const kinds = async () => (await events()).map((event) => Reflect.get(event, 'kind'))

test('2,000 findings of one worm are one incident with equal counts', async () => {
  const results = Array.from({ length: 2000 }, (_, at) =>
    aDetection({ namespace: `team-${at % 7}`, podName: `app-${at % 400}-${at % 7}`, nodeName: `node-${at % 20}` }),
  )
  const workloads = new Set(results.map(({ namespace, podName }) => `${namespace}/${podName}`)).size
  await Promise.all(Array.from({ length: 20 }, (_, batch) => incidents.send(...results.slice(batch * 100, (batch + 1) * 100))))
  const incident = await incidents.only()
  expect(incident).toMatchObject({ findings: 2000, workloads, nodes: 20, sha256: HASH.toString('hex'), severity: 'high', status: 'new' })
  expect(incident.hourlyFindings.reduce((sum, count) => sum + count, 0)).toBe(2000)
  const [stored] = await incidents.api.query<{ count: number; findings: number }>(
    'SELECT count(*) AS count, sum(findings)::bigint AS findings FROM incident_workloads',
  )
  expect(stored).toEqual({ count: workloads, findings: 2000 })
  expect(incident.nodeNames).toHaveLength(20)
  expect(await kinds()).toEqual(['opened'])
})

test('concurrent batches with the same contents in any order do not deadlock and count each finding once', async () => {
  const hashes = Array.from({ length: 60 }, () => randomBytes(32))
  const batchOf = (turn: number) =>
    [...hashes.slice(turn), ...hashes.slice(0, turn)].map((sha256) => aDetection({ podName: `pod-${turn}` }, { sha256 }))
  const deadlocks = `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`
  const before = await incidents.api.query(deadlocks)
  await Promise.all(Array.from({ length: 24 }, (_, turn) => incidents.send(...batchOf(turn * 2))))
  const page = await incidents.list('limit=1000')
  expect(page.items.map(({ findings, workloads }) => [findings, workloads])).toEqual(Array(60).fill([24, 24]))
  expect(await kinds()).toEqual(Array(60).fill('opened'))
  expect(await incidents.api.query(deadlocks)).toEqual(before)
})

test('a repeated batch changes nothing', async () => {
  const results = [aDetection(), aDetection()]
  await incidents.send(...results)
  await incidents.send(...results, aDetection({ podName: 'shop-2' }))
  expect(await incidents.only()).toMatchObject({ findings: 3, workloads: 2, nodes: 1 })
})

test('groups findings without a hash by signature and image', async () => {
  const withoutHash = (imageDigest: string) => aDetection({ imageDigest }, { sha256: Buffer.alloc(0) })
  await incidents.send(withoutHash('sha256:1'), withoutHash('sha256:1'), withoutHash('sha256:2'), aDetection({ clusterId: 'east' }))
  const { items } = await incidents.list()
  expect(items.map(({ sha256, findings }) => [sha256, findings]).toSorted()).toEqual([
    [null, 1],
    [null, 2],
    [HASH.toString('hex'), 1],
  ])
})

test('escalates to a higher severity, with its signature, and never back', async () => {
  await incidents.send(aDetection({}, { severity: 3, signatureName: 'Suspicious' }))
  await incidents.send(aDetection({ namespace: 'bank' }, { severity: 5, signatureName: 'Worm' }))
  await incidents.send(aDetection({}, { severity: 2 }))
  expect(await incidents.only()).toMatchObject({ severity: 'critical', signatureName: 'Worm', findings: 3 })
  expect(await events()).toEqual([
    { kind: 'opened', severity: 'medium', findings: 1, namespaces: ['shop'], sources: ['realtime'] },
    { kind: 'escalated', severity: 'critical', findings: 2, namespaces: ['bank'], sources: ['realtime'] },
  ])
})

describe('the window of 24 hours', () => {
  test('a later finding within the window belongs to the incident', async () => {
    await incidents.send(aDetection())
    await incidents.age(23)
    await incidents.send(aDetection())
    const incident = await incidents.only()
    expect(incident.findings).toBe(2)
    expect(incident.hourlyFindings[0]).toBe(1)
    expect(incident.hourlyFindings.at(-1)).toBe(1)
  })

  test('a finding after the window opens another incident', async () => {
    await incidents.send(aDetection())
    await incidents.age(25)
    await incidents.send(aDetection({ podName: 'shop-2' }), aDetection({ podName: 'shop-3' }))
    const { items } = await incidents.list()
    expect(items.map(({ findings, workloads }) => [findings, workloads])).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect(await kinds()).toEqual(['opened', 'opened'])
  })

  test('concurrent findings after the window open one incident', async () => {
    await incidents.send(aDetection())
    await incidents.age(25)
    await Promise.all(Array.from({ length: 10 }, () => incidents.send(aDetection())))
    expect((await incidents.list()).items.map(({ findings }) => findings)).toEqual([10, 1])
  })
})

describe('a resolved incident', () => {
  test('is reopened by a finding within the window', async () => {
    await incidents.send(aDetection())
    const { incidentId, etag } = await incidents.only()
    await incidents.change(incidentId, { status: 'resolved', resolution: 'false_positive' })
    await incidents.send(aDetection())
    const incident = await incidents.only()
    expect(incident).toMatchObject({ status: 'new', resolution: null, findings: 2 })
    expect(incident.etag).not.toBe(etag)
    expect(incident.timeline.map(({ kind }) => kind)).toEqual(['reopened', 'changed', 'opened'])
    await incidents.send(aDetection())
    expect(await kinds()).toEqual(['opened', 'reopened'])
  })

  test('stays resolved after the window', async () => {
    await incidents.send(aDetection())
    const { incidentId } = await incidents.only()
    await incidents.change(incidentId, { status: 'resolved', resolution: 'test' })
    await incidents.age(25)
    await incidents.send(aDetection())
    expect((await incidents.list()).items.map(({ status }) => status)).toEqual(['new', 'resolved'])
  })
})

test('ids of events increase in the order of commits', async () => {
  const send = () => incidents.send(...Array.from({ length: 20 }, () => aResult({ findings: [aFinding({ sha256: randomBytes(32) })] })))
  const seen: number[] = []
  let isDone = false
  const reading = (async () => {
    while (!isDone) {
      const rows = await incidents.api.query<{ event_id: number }>(
        'SELECT event_id FROM incident_events WHERE event_id > $1 ORDER BY event_id',
        [seen.at(-1) ?? 0],
      )
      seen.push(...rows.map(({ event_id }) => event_id))
    }
  })()
  await Promise.all(Array.from({ length: 30 }, send))
  isDone = true
  await reading
  const all = await incidents.api.query<{ event_id: number }>('SELECT event_id FROM incident_events ORDER BY event_id')
  expect(all).toHaveLength(600)
  // The reader remembers only its last id. It may have stopped early, but must not have missed an id before that.
  expect(seen).toEqual(all.slice(0, seen.length).map(({ event_id }) => event_id))
})
