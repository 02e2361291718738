import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CLUSTER_BINARIES } from '@guardimesh/testbed/api-server.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { KubeObject } from '../../src/desired/object.js'
import type { Client } from '../../src/kube/client.js'
import { secretData } from '../../src/kube/secret-data.js'
import { type CertificatePair, createAuthority, issueCertificate } from '../../src/tls/certificates.js'
import { aPlatform, PLATFORM, SECRET, untilExists, untilReason } from '../a-platform.js'
import { ApiServer } from '../api-server.js'
import { aNamespace } from '../namespace.js'
import { RunningOperator, until } from '../running-operator.js'

let server: ApiServer
let client: Client

beforeAll(async () => {
  server = await ApiServer.startWithCrds()
  client = server.client
  const folder = join(CLUSTER_BINARIES, 'cert-manager')
  for (const file of await readdir(folder)) await client.apply(parse(await readFile(join(folder, file), 'utf8')))
  await until(
    () => client.get('/apis/cert-manager.io/v1/certificates').catch(() => undefined),
    (list) => list !== undefined,
  )
})
afterAll(() => server?.[Symbol.asyncDispose]())

const CERTIFICATE = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' }
const SPEC = { tls: { issuer: 'CertManager', issuerRef: { name: 'site' } } }
const COMPONENTS = ['backend', 'console', 'postgres', 'signature-server']

interface CertificateSpec {
  readonly secretName: string
  readonly secretTemplate: { readonly labels: Readonly<Record<string, string>> }
  readonly dnsNames: readonly string[]
  readonly ipAddresses?: readonly string[]
}

/** Acts as cert-manager: creates the Secret of a Certificate, signed by the issuer. */
async function issue(certificate: KubeObject, authority: CertificatePair, hasAuthority = true): Promise<void> {
  const { secretName, secretTemplate, dnsNames, ipAddresses = [] } = certificate.spec as unknown as CertificateSpec
  const { namespace } = certificate.metadata
  const pair = await issueCertificate(authority, [...dnsNames, ...ipAddresses], 90, new Date())
  await client.create({
    ...SECRET,
    metadata: {
      name: secretName,
      ...(namespace ? { namespace } : {}),
      labels: secretTemplate.labels,
      annotations: { 'cert-manager.io/certificate-name': certificate.metadata.name },
    },
    type: 'kubernetes.io/tls',
    data: secretData({ 'tls.crt': pair.certificate, 'tls.key': pair.key, 'ca.crt': hasAuthority ? authority.certificate : undefined }),
  })
}

const certificatesIn = (namespace: string) =>
  Promise.all(COMPONENTS.map((component) => untilExists(client, CERTIFICATE, namespace, `gm-${component}-tls`)))

test('requests certificates, waits for them, and adopts their Secrets', async () => {
  const namespace = await aNamespace(server, 'issued')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace, SPEC))
  const condition = await untilReason(client, PLATFORM, namespace, ['CertificatesReady', 'WaitingForCertificates', 'False'])
  expect(condition.message).toContain('Waiting for cert-manager to issue the certificates of backend, console, postgres, signature-server.')
  const [backend, ...others] = (await certificatesIn(namespace)) as [KubeObject, ...KubeObject[]]
  // The API server drops unknown fields, so all remaining fields are defined in cert-manager's CRD.
  expect(others[0]?.spec).toEqual({
    secretName: 'gm-console-tls',
    secretTemplate: { labels: others[0]?.metadata.labels },
    duration: '2160h0m0s',
    renewBefore: '720h0m0s',
    dnsNames: ['gm-console.issued.svc.cluster.local', 'gm-console.issued.svc', 'gm-console.issued', 'gm-console', 'localhost'],
    ipAddresses: ['127.0.0.1', '::1'],
    usages: ['digital signature', 'key encipherment', 'server auth'],
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'site' },
  })

  const authority = await createAuthority('Site', new Date())
  await issue(backend, authority)
  await until(
    () => untilReason(client, PLATFORM, namespace, ['CertificatesReady', 'WaitingForCertificates']),
    ({ message }) => message.includes('certificates of console, postgres, signature-server.'),
  )
  for (const certificate of others) await issue(certificate, authority)
  await untilReason(client, PLATFORM, namespace, ['CertificatesReady', 'AsDesired', 'True'])
  await untilExists(client, { apiVersion: 'apps/v1', kind: 'StatefulSet' }, namespace, 'gm-postgres')
  const bundle = await untilExists(client, { apiVersion: 'v1', kind: 'ConfigMap' }, namespace, 'gm-ca-bundle')
  expect(bundle.data).toEqual({ 'ca.crt': authority.certificate })
  const { uid } = (await client.read(PLATFORM, namespace, 'gm'))?.metadata ?? {}
  for (const component of COMPONENTS)
    await until(
      () => client.read(SECRET, namespace, `gm-${component}-tls`),
      (secret) => secret?.metadata.ownerReferences?.[0]?.uid === uid,
    )
})

test('reports an issuer without its own certificate authority', async () => {
  const namespace = await aNamespace(server, 'no-authority')
  await using _operator = new RunningOperator(client, { namespace })
  await client.apply(aPlatform(namespace, SPEC))
  const authority = await createAuthority('Site', new Date())
  for (const certificate of await certificatesIn(namespace)) await issue(certificate, authority, false)
  const condition = await untilReason(client, PLATFORM, namespace, ['CertificatesReady', 'SecretInvalid', 'False'])
  expect(condition.message).toContain('The certificates of issuer site have no ca.crt')
})
