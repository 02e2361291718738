import { join } from 'node:path'
import { createLogger } from '@guardimesh/kit'
import { grantOperatorRights } from '@guardimesh/testbed/operator-rights.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import type { Client } from '../../src/kube/client.js'
import { LeaderElection } from '../../src/kube/leader-election.js'
import { PLATFORM } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { OperatorProcess } from '../operator-process.js'
import { markAllReady, until } from '../running-operator.js'

const NAMESPACE = 'guardimesh-system'

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
  await grantOperatorRights(server, NAMESPACE, join(import.meta.dirname, '../../rbac.yaml'))
})
afterAll(() => server?.[Symbol.asyncDispose]())

const isTrue = (platform: KubeObject | undefined, type: string) =>
  (platform?.status as { conditions?: { type: string; status: string }[] } | undefined)?.conditions?.some(
    (condition) => condition.type === type && condition.status === 'True',
  ) ?? false

test('reconciles with its own permissions only, fails over to a second process, and survives a restart of the API server', async () => {
  const config = server.kubeConfig('operator')
  await using first = await OperatorProcess.start(config, NAMESPACE, 'operator-1')
  await until(() => first.isLeader(), Boolean)
  await using second = await OperatorProcess.start(config, NAMESPACE, 'operator-2')
  await until(
    () => second.fetchText('/readyz'),
    (text) => text === 'ok\n',
  )
  await client.apply({ ...PLATFORM, metadata: { name: 'gm', namespace: NAMESPACE }, spec: {} })
  await markAllReady(client, NAMESPACE, 'gm')
  await until(
    () => client.read(PLATFORM, NAMESPACE, 'gm'),
    (platform) => isTrue(platform, 'ScannersReady') && isTrue(platform, 'ConsoleReady'),
  )
  expect(first.log).not.toContain('is forbidden')
  expect(first.log).not.toContain('failed to update a CRD')
  expect(await second.isLeader()).toBe(false)

  expect(await first.end('SIGTERM')).toBe(0)
  await until(() => second.isLeader(), Boolean)
  await server.restart()
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' }
  const backend = (await client.read(deployment, NAMESPACE, 'gm-backend')) as KubeObject
  await client.delete(backend)
  await until(
    () => client.read(deployment, NAMESPACE, 'gm-backend'),
    (found) => found !== undefined && found.metadata.uid !== backend.metadata.uid,
    90_000,
  )
  await until(
    () => second.fetchText('/metrics'),
    (text) => /guardimesh_operator_reconciles_total\{kind="GuardimeshPlatform",outcome="done"\} \d+/.test(text),
  )
})

test('stops when the Lease is lost and leads again after acquiring it', async () => {
  const options = { client, namespace: 'default', leaseName: 'test', leaseSeconds: 1, log: createLogger('election', 'silent') }
  const order: string[] = []
  const stop = new AbortController()
  const election = new LeaderElection({ ...options, identity: 'first' })
  const leading = election.lead(async (term) => {
    order.push('leads')
    await new Promise((resolve) => term.addEventListener('abort', resolve))
    order.push('stops')
  }, stop.signal)
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' }
  const live = (await until(
    () => client.read(lease, 'default', 'test'),
    (found) => found !== undefined && election.isLeader,
  )) as KubeObject
  await client.apply({
    ...lease,
    metadata: { name: 'test', namespace: 'default' },
    spec: { ...(live.spec as object), holderIdentity: 'other' },
  })
  // The other holder never renews, so its Lease expires after a second and the first operator leads again.
  await until(
    async () => order.length,
    (length) => length === 3,
  )
  stop.abort()
  await leading
  expect(order).toEqual(['leads', 'stops', 'leads', 'stops'])
  expect(await client.read(lease, 'default', 'test')).toMatchObject({ spec: { holderIdentity: '' } })
})
