import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import type { Client } from '../../src/kube/client.js'
import { secretValue } from '../../src/kube/secret-data.js'
import { isRenewalDue, isSignedBy } from '../../src/tls/certificates.js'
import { PROPAGATION_MS } from '../../src/tls/rotation.js'
import { aPlatform, DEPLOYMENT, PLATFORM, SECRET, untilExists, untilReason } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { aNamespace } from '../namespace.js'
import { markAllReady, RunningOperator, until } from '../running-operator.js'

const DAY_MS = 86_400_000
const COMPONENTS = ['backend', 'console', 'postgres', 'signature-server']

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
})
afterAll(() => server?.[Symbol.asyncDispose]())

const leavesIn = async (namespace: string) =>
  Promise.all(
    COMPONENTS.map(async (component) => secretValue(await untilExists(client, SECRET, namespace, `gm-${component}-tls`), 'tls.crt') ?? ''),
  )

/** Reads the trusted authorities; empty unless platform and scanners trust the same authorities. */
async function bundleIn(namespace: string): Promise<string[]> {
  const bundle = await untilExists(client, { apiVersion: 'v1', kind: 'ConfigMap' }, namespace, 'gm-ca-bundle')
  const scanners = await untilExists(client, SECRET, namespace, 'gm-scanner-ca')
  const text = (bundle.data as { readonly 'ca.crt': string })['ca.crt']
  return secretValue(scanners, 'ca.crt') === text ? (text.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/g) ?? []) : []
}

const signerOf = (leaf: string, bundle: readonly string[]) => bundle.findIndex((authority) => isSignedBy(leaf, authority))
const templateOf = (workload: KubeObject) => (workload.spec as { readonly template: unknown }).template

test('renews certificates in time and rotates the authority without breaking trust', async () => {
  const namespace = await aNamespace(server, 'rotated')
  let nowMs = Date.now()
  await using _operator = new RunningOperator(client, { namespace, clock: () => new Date(nowMs) })
  let round = 0
  const advanceClock = async (ms: number) => {
    nowMs += ms
    round += 1
    await client.apply(aPlatform(namespace, {}, { round: String(round) }))
  }
  const untilBundle = (count: number, isMatch: (bundle: readonly string[]) => boolean = () => true) =>
    until(
      () => bundleIn(namespace),
      (bundle) => bundle.length === count && isMatch(bundle),
    )
  const untilSigned = (bundle: readonly string[], index: number) =>
    until(
      () => leavesIn(namespace),
      (leaves) => leaves.every((leaf) => signerOf(leaf, bundle) === index && !isRenewalDue(leaf, new Date(nowMs))),
    )

  await advanceClock(0)
  await markAllReady(client, namespace, 'gm')
  const template = templateOf(await untilExists(client, DEPLOYMENT, namespace, 'gm-backend'))
  const first = await untilBundle(1)
  const original = await untilSigned(first, 0)

  await advanceClock(61 * DAY_MS)
  const renewed = await untilSigned(first, 0)
  expect(renewed.filter((leaf) => original.includes(leaf))).toEqual([])
  expect(await bundleIn(namespace)).toEqual(first)
  // Processes reload changed certificates, so no pod is restarted.
  expect(templateOf(await untilExists(client, DEPLOYMENT, namespace, 'gm-backend'))).toEqual(template)

  await advanceClock(2500 * DAY_MS)
  const both = await untilBundle(2)
  expect(both[0]).toBe(first[0])
  await untilSigned(both, 0)

  await advanceClock(PROPAGATION_MS)
  const promoted = await untilBundle(2, ([current]) => current === both[1])
  expect(promoted).toEqual([both[1], both[0]])
  await untilSigned(promoted, 0)

  // The old authority remains trusted until all certificates that it signed have been replaced.
  await advanceClock(PROPAGATION_MS - 60_000)
  expect(await bundleIn(namespace)).toEqual(promoted)
  await advanceClock(2 * 60_000)
  expect(await untilBundle(1)).toEqual([both[1]])
  await untilSigned([both[1] ?? ''], 0)
})

test('is not ready until all scanners have read the successor of a lost authority', async () => {
  const namespace = await aNamespace(server, 'lost')
  let nowMs = Date.now()
  await using _operator = new RunningOperator(client, { namespace, clock: () => new Date(nowMs) })
  await client.apply(aPlatform(namespace))
  await markAllReady(client, namespace, 'gm')
  // A new installation does not wait.
  await untilReason(client, PLATFORM, namespace, ['ScannersReady', 'AsDesired', 'True'])
  nowMs += DAY_MS
  await client.delete(await untilExists(client, SECRET, namespace, 'gm-ca'))
  const { message } = await untilReason(client, PLATFORM, namespace, ['ScannersReady', 'RollingOut', 'False'])
  expect(message).toContain('The certificate authority was replaced.')
  nowMs += 2 * 60_000
  await client.apply(aPlatform(namespace, {}, { round: 'later' }))
  await untilReason(client, PLATFORM, namespace, ['ScannersReady', 'AsDesired', 'True'])
})
