import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/kube/client.js'
import { aPlatform, PLATFORM, SECRET, untilExists, untilReason } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { aNamespace as newNamespace } from '../namespace.js'
import { RunningOperator } from '../running-operator.js'

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
})
afterAll(() => server?.[Symbol.asyncDispose]())

const untilCondition = (namespace: string, ...expected: readonly string[]) => untilReason(client, PLATFORM, namespace, expected)
const aNamespace = (name: string) => newNamespace(server, name)

test('does not overwrite an object of another owner', async () => {
  const namespace = await aNamespace('foreign')
  const foreign = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'gm-backend', namespace }, spec: { ports: [{ port: 80 }] } }
  const created = await client.create(foreign)
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  const condition = await untilCondition(namespace, 'SpecAccepted', 'ForeignObject', 'False')
  expect(condition.message).toContain('Service gm-backend already exists and does not belong to GuardimeshPlatform gm')
  expect((await client.read(foreign, namespace, 'gm-backend'))?.metadata.resourceVersion).toBe(created.metadata.resourceVersion)
  expect(await client.read({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, namespace, 'gm-postgres')).toBeUndefined()
})

test('does not use a Secret of another owner', async () => {
  const namespace = await aNamespace('foreign-secret')
  await client.create({ ...SECRET, metadata: { name: 'gm-administrator', namespace }, stringData: { password: 'theirs' } })
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace))
  expect((await untilCondition(namespace, 'SpecAccepted', 'ForeignObject')).message).toContain('Secret gm-administrator')
})

test('waits for a user-provided Secret and its key', async () => {
  const namespace = await aNamespace('secrets')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace, { administrator: { passwordSecret: { name: 'first' } } }))
  expect((await untilCondition(namespace, 'SpecAccepted', 'SecretMissing')).message).toContain(
    'Secret first (administrator.passwordSecret) not found',
  )
  const secret = { ...SECRET, metadata: { name: 'first', namespace } }
  await client.apply({ ...secret, stringData: { word: 'x' } })
  await client.apply(aPlatform(namespace, { administrator: { passwordSecret: { name: 'first' } } }, { round: '2' }))
  expect((await untilCondition(namespace, 'SpecAccepted', 'SecretInvalid')).message).toContain('lacks the key password')
  expect(await client.read(SECRET, namespace, 'gm-administrator')).toBeUndefined()
})

test('does not change a paused platform', async () => {
  const namespace = await aNamespace('paused')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace, {}, { 'guardimesh.io/paused': 'true' }))
  expect((await untilCondition(namespace, 'Progressing', 'Paused')).message).toContain('Remove the annotation to resume')
  expect(await client.read(SECRET, namespace, 'gm-ca')).toBeUndefined()
  await client.apply(aPlatform(namespace))
  await untilExists(client, SECRET, namespace, 'gm-ca')
})
