import { SignatureServerStatus } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import { createSignatureEvents } from '../../src/guardimesh-platform/signature-events.js'
import type { Client } from '../../src/kube/client.js'
import type { PolledStatus } from '../../src/signature-status/polled-status.js'
import { aPlatform, eventsOf, PLATFORM, SCANNER, untilReason } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { aNamespace } from '../namespace.js'
import { markAllReady, markNodesReady, RunningOperator, until } from '../running-operator.js'

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
})
afterAll(() => server?.[Symbol.asyncDispose]())

const summarize = async (namespace: string, kind: string) =>
  (await eventsOf(client, namespace, kind)).map(({ type, reason, count }) => `${type} ${reason} ${count}`).sort()

test('creates one event per change of Ready, also across restarts, and none between transient stages', async () => {
  const namespace = await aNamespace(server, 'ready')
  {
    await using _operator = new RunningOperator(client, { namespace })
    await client.apply(aPlatform(namespace))
    await markAllReady(client, namespace, 'gm')
    await untilReason(client, SCANNER, namespace, ['Ready', 'AsDesired', 'True'])
    await untilReason(client, PLATFORM, namespace, ['Ready', 'Unreachable', 'False'])
  }
  expect(await summarize(namespace, 'GuardimeshScanner')).toEqual(['Normal AsDesired 1', 'Normal RollingOut 1'])
  const platformEvents = await summarize(namespace, 'GuardimeshPlatform')
  // The signature server is unreachable in this test. All earlier reasons are transient, and their order depends on timing.
  expect(platformEvents).toEqual([expect.stringMatching(/^Normal WaitingFor[A-Za-z]+ 1$/), 'Warning Unreachable 1'])

  await using operator = new RunningOperator(client, { namespace })
  for (const round of ['1', '2']) {
    const seen = operator.reconciles
    await client.apply(aPlatform(namespace, {}, { round }))
    await until(
      async () => operator.reconciles,
      (count) => count > seen,
    )
  }
  expect(await summarize(namespace, 'GuardimeshPlatform')).toEqual(platformEvents)

  const daemonSet = { apiVersion: 'apps/v1', kind: 'DaemonSet' }
  const live = (await client.read(daemonSet, namespace, 'gm-scanner')) as KubeObject
  await client.patchStatus(live, { numberReady: 0 })
  const [warning] = await until(
    async () => (await eventsOf(client, namespace, 'GuardimeshScanner')).filter(({ type }) => type === 'Warning'),
    (found) => found.length > 0,
  )
  expect(warning).toMatchObject({ reason: 'PodsNotReady', message: expect.stringMatching(/^Scanners ready on 0 of 1 node\. /), count: 1 })
  const { message } = await untilReason(client, PLATFORM, namespace, ['ScannersReady', 'PodsNotReady', 'False'])
  expect(message).toContain('A scanner that detects or delivers nothing is not ready')
  await markNodesReady(client, namespace, 'gm')
  await untilReason(client, PLATFORM, namespace, ['ScannersReady', 'AsDesired', 'True'])
  await until(
    () => summarize(namespace, 'GuardimeshScanner'),
    (found) => found.length === 4,
  )
})

const aPolledStatus = (parts: object): PolledStatus => ({
  kind: 'answered',
  status: SignatureServerStatus.parse({ activeGeneration: 'g2', generations: [], imports: [], ...parts }),
})

test('creates one event per import and held rollout, regardless of the number of operators and polls', async () => {
  const namespace = await aNamespace(server, 'imports')
  const platform = { ...(await client.apply(aPlatform(namespace))), ...PLATFORM }
  const endedAt = new Date('2026-01-01T12:00:00Z')
  const base = { files: ['daily.cvd'], startedAt: endedAt.toISOString(), endedAt: endedAt.toISOString() }
  const imports = [
    {
      ...base,
      importId: 'a',
      state: 'refused',
      check: 'digital-signature',
      message: 'The signature is invalid.',
      generation: '',
    },
    { ...base, importId: 'b', state: 'published', check: '', generation: 'g2', message: '' },
    { ...base, importId: 'c', state: 'refused', check: 'size', message: 'Old.', endedAt: '2026-01-01T11:00:00Z', generation: '' },
  ]
  const rollOut = { generation: 'g3', state: 'held', nodes: ['n1'], startedAt: endedAt.toISOString(), reason: '4 files detected on n1' }
  const polled = aPolledStatus({ imports, rollOut })
  const operators = [new Set<string>(), new Set<string>()]
  for (const reported of [...operators, ...operators]) await createSignatureEvents(client, platform, polled, endedAt, reported)
  const events = await eventsOf(client, namespace, 'GuardimeshPlatform')
  expect(events.map(({ type, reason, count }) => `${type} ${reason} ${count}`).sort()).toEqual([
    'Normal SignaturesPublished 1',
    'Warning SignaturesHeld 1',
    'Warning SignaturesRefused 1',
  ])
  expect(events.find(({ reason }) => reason === 'SignaturesRefused')?.message).toContain(
    'daily.cvd rejected by the check digital-signature',
  )

  await createSignatureEvents(client, platform, aPolledStatus({ imports: [] }), endedAt, operators[0] as Set<string>)
  expect(operators[0]?.size).toBe(0)
})
