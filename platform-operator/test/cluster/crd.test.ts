import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Client } from '../../src/kube/client.js'
import { ApiServer } from '../api-server.js'

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
})
afterAll(() => server[Symbol.asyncDispose]())

const platform = (spec: unknown, name = 'guardimesh') => ({
  apiVersion: 'guardimesh.io/v1alpha1',
  kind: 'GuardimeshPlatform',
  metadata: { name, namespace: 'default' },
  spec,
})
const scanner = (spec: Record<string, unknown>) => ({
  apiVersion: 'guardimesh.io/v1alpha1',
  kind: 'GuardimeshScanner',
  metadata: { name: 'nodes', namespace: 'default' },
  spec: {
    backend: { url: 'https://guardimesh.example' },
    apiKeySecret: { name: 'key', key: 'api-key' },
    signatureServer: { url: 'https://signatures.example' },
    ...spec,
  },
})

test('accepts an empty and a complete platform', async () => {
  const full = {
    console: { exposure: { type: 'NodePort', nodePort: 30_443 }, replicas: 2 },
    database: { type: 'External', external: { secret: { name: 'postgres' } } },
    tls: { issuer: 'CertManager', issuerRef: { name: 'site' } },
    scanner: { resources: { antivirus: { limits: { memory: '3Gi', cpu: 2 } } }, updateStrategy: { maxUnavailable: '20%' } },
    signatureServer: { affinity: { nodeAffinity: { anything: [{ weight: 1 }] } } },
  }
  expect((await client.apply(platform({}, 'empty'))).spec).toEqual({})
  expect((await client.apply(platform(full, 'full'))).spec).toEqual(full)
})

test.each([
  { name: 'an unknown exposure', spec: { console: { exposure: { type: 'Magic' } } }, message: 'Unsupported value' },
  { name: 'an Ingress without host', spec: { console: { exposure: { type: 'Ingress' } } }, message: 'require host' },
  {
    name: 'a Gateway without gateway',
    spec: { console: { exposure: { type: 'Gateway', host: 'a.example' } } },
    message: 'requires gateway.name',
  },
  {
    name: 'a node port without NodePort',
    spec: { console: { exposure: { nodePort: 30_000 } } },
    message: 'nodePort requires type NodePort',
  },
  { name: 'a low node port', spec: { console: { exposure: { type: 'NodePort', nodePort: 443 } } }, message: '30000' },
  { name: 'an external database without secret', spec: { database: { type: 'External' } }, message: 'requires external.secret' },
  {
    name: 'two databases',
    spec: { database: { type: 'External', external: { secret: { name: 'a' } }, bundled: { storage: { size: '1Gi' } } } },
    message: 'bundled requires type Bundled',
  },
  { name: 'cert-manager without issuer', spec: { tls: { issuer: 'CertManager' } }, message: 'requires issuerRef' },
  { name: 'type Waves without waves', spec: { scanner: { updateStrategy: { type: 'Waves' } } }, message: 'requires waves' },
  { name: 'zero unavailable nodes', spec: { scanner: { updateStrategy: { maxUnavailable: 0 } } }, message: 'at least 1' },
  { name: 'a percentage above 100', spec: { scanner: { updateStrategy: { maxUnavailable: '101%' } } }, message: 'percentage' },
  {
    name: 'a seccomp profile outside the folder of the kubelet',
    spec: { scanner: { seccompProfiles: { antivirus: 'guardimesh/../../x.json' } } },
    message: 'should match',
  },
  { name: 'an AppArmor profile for a privileged container', spec: { scanner: { appArmorProfiles: { scanner: 'x' } } }, message: 'scanner' },
  { name: 'an invalid size', spec: { database: { bundled: { storage: { size: 'big' } } } }, message: 'should match' },
])('rejects $name', async ({ spec, message }) => {
  await expect(client.apply(platform(spec, 'rejected'))).rejects.toThrow(message)
})

test('rejects a name that is too long or invalid for child objects', async () => {
  await expect(client.apply(platform({}, 'a.dotted.name'))).rejects.toThrow('at most 40')
  await expect(client.apply(platform({}, `n${'x'.repeat(40)}`))).rejects.toThrow('at most 40')
})

test('allows a volume to grow but not to shrink', async () => {
  const sized = (size: string) => platform({ database: { bundled: { storage: { size } } } }, 'sized')
  await client.apply(sized('1Gi'))
  await client.apply(sized('1536Mi'))
  await expect(client.apply(sized('1Gi'))).rejects.toThrow('cannot shrink')
})

test('accepts a standalone scanner and validates its addresses', async () => {
  await client.apply(scanner({}))
  await expect(client.apply(scanner({ backend: { url: 'http://plain.example' } }))).rejects.toThrow('should match')
  await expect(client.apply(scanner({ runtimeSocket: 'run/x.sock' }))).rejects.toThrow('should match')
})

test('describes every field of the resources', async () => {
  const folder = join(import.meta.dirname, '../../../charts/guardimesh/crds')
  for (const file of await readdir(folder)) {
    const schema = parse(await readFile(join(folder, file), 'utf8')).spec.versions[0].schema.openAPIV3Schema.properties.spec
    expect(undescribed(schema, 'spec')).toEqual([])
  }
})

interface Schema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

function undescribed(schema: Schema, path: string): string[] {
  const below = Object.entries(schema.properties ?? schema.items?.properties ?? {})
  return [...(schema.description ? [] : [path]), ...below.flatMap(([name, field]) => undescribed(field, `${path}.${name}`))]
}
