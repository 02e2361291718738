import { join } from 'node:path'
import { GuardimeshPlatformSpec, GuardimeshScannerSpec, type ProfiledContainer } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { certManagerCertificates } from '../src/desired/certificates.js'
import { externalDatabaseUrl } from '../src/desired/database.js'
import { aChildContext, anOwner, somePlatformSettings } from '../src/desired/fixtures.fixture.js'
import { enginesNetworkPolicyRules, scannerNetworkPolicyRules } from '../src/desired/network-policies.js'
import type { KubeObject } from '../src/desired/object.js'
import { foundationObjects, migratedObjects } from '../src/desired/platform-objects.js'
import type { PlatformSettings } from '../src/desired/platform-settings.js'
import { withScannerDefaults } from '../src/desired/scanner-defaults.js'
import { scannerObjects } from '../src/desired/scanner-objects.js'
import { setUpJob } from '../src/desired/set-up-job.js'
import { OWN_PROFILES } from '../src/guardimesh-scanner/own-profiles.js'

/** All objects of a platform. `vitest -u` updates the files; review the changes. */
function wholePlatform(settings: PlatformSettings): KubeObject[] {
  const requests = settings.spec.tls.issuer === 'CertManager' ? certManagerCertificates(settings) : []
  return [...requests, ...foundationObjects(settings), setUpJob(settings), ...migratedObjects(settings)]
}

const PUBLIC_KEY = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n'
const EVERYTHING = GuardimeshPlatformSpec.parse({
  images: { registry: 'registry.example:5000/security', pullSecrets: [{ name: 'registry' }] },
  administrator: { email: 'root@site.example', passwordSecret: { name: 'first-password' } },
  backend: { replicas: 3, nodeSelector: { disk: 'fast' }, resources: { limits: { memory: '2Gi', cpu: 2 } } },
  worker: { replicas: 2, tolerations: [{ key: 'dedicated', operator: 'Exists' }] },
  console: {
    replicas: 2,
    exposure: {
      type: 'Gateway',
      host: 'guardimesh.site.example',
      gateway: { name: 'site', namespace: 'gateways' },
      annotations: { a: 'b' },
    },
    certificateSecret: { name: 'site-certificate' },
  },
  database: { bundled: { storage: { size: '100Gi', storageClassName: 'fast' }, priorityClassName: 'high' } },
  signatureServer: { storage: { size: '30Gi' }, trustedKeys: [PUBLIC_KEY], unsignedFiles: 'Refuse' },
  scanner: { clusterID: 'prod', runtimeSocket: '/run/k3s/containerd/containerd.sock', signatureCheckSeconds: 600 },
  tls: { certificateDays: 30 },
  retentionDays: 30,
  limits: { nodes: 100, ingestResultsPerSecond: 1000, apiKeys: 5 },
  networkPolicies: 'Disabled',
  dataPolicy: 'Delete',
})

const EXTERNAL = GuardimeshPlatformSpec.parse({
  backend: { replicas: 1 },
  console: { exposure: { type: 'Ingress', host: 'guardimesh.site.example', ingressClassName: 'nginx' } },
  database: { type: 'External', external: { secret: { name: 'db' } } },
  scanner: { mode: 'Disabled' },
})
const external = { host: 'db.site.example', port: '6432', name: 'gm', user: 'gm', sslMode: 'verify-full', hasAuthority: true }

const PLATFORMS: readonly { readonly name: string; readonly settings: PlatformSettings }[] = [
  { name: 'default', settings: somePlatformSettings() },
  {
    name: 'external-database-ingress',
    settings: somePlatformSettings(EXTERNAL, {
      database: { url: externalDatabaseUrl(external), passwordSecret: 'db', secretKeys: ['password', 'ca.crt'], hash: 'e' },
      externalDatabasePorts: [6432],
    }),
  },
  {
    name: 'cert-manager',
    settings: somePlatformSettings(
      GuardimeshPlatformSpec.parse({
        tls: { issuer: 'CertManager', issuerRef: { name: 'site' } },
        console: { exposure: { type: 'NodePort', nodePort: 30_443 } },
        notifications: {
          egress: [
            { cidr: '10.20.0.7/32', ports: [443, 8443] },
            { cidr: 'fd00:20::/64', ports: [443] },
          ],
          allowedNetworks: ['10.96.7.7/32'],
          caSecret: { name: 'site-authorities', key: 'bundle.pem' },
        },
      }),
    ),
  },
  {
    name: 'everything',
    settings: somePlatformSettings(EVERYTHING, { administratorSecret: 'first-password', hasBackendTlsPolicies: true }),
  },
]

const scannersWith = (spec: Partial<GuardimeshScannerSpec>) =>
  scannerObjects({
    ...aChildContext(),
    owner: anOwner({ kind: 'GuardimeshScanner' }),
    ...{ keyHash: 'k', ownProfiles: OWN_PROFILES },
    spec: withScannerDefaults(
      GuardimeshScannerSpec.parse({
        backend: { url: 'https://guardimesh.example', caSecret: { name: 'site-ca', key: 'ca.pem' } },
        apiKeySecret: { name: 'key', key: 'token' },
        signatureServer: { url: 'https://signatures.example:8443', catalogKeySecret: { name: 'site-ca', key: 'signatures.pub' } },
        ...spec,
      }),
    ),
  })
const SCANNER = scannersWith({
  resources: { antivirus: { limits: { memory: '4Gi' } } },
  seccompProfiles: { antivirus: 'site/antivirus.json', puller: 'runtime/default' },
  appArmorProfiles: { 'obfuscation-scanner': 'guardimesh-obfuscation-scanner' },
})
const OFF = { antivirus: 'runtime/default', 'obfuscation-scanner': 'runtime/default', puller: 'runtime/default' }

const textOf = (objects: readonly KubeObject[]) =>
  objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n')
const goldenFile = (name: string) => join(import.meta.dirname, 'golden', `${name}.yaml`)

test.each(PLATFORMS)('builds the objects of a platform: $name', async ({ name, settings }) => {
  await expect(textOf(wholePlatform(settings))).toMatchFileSnapshot(goldenFile(name))
})

test('builds the objects of scanners that report to another cluster', async () => {
  await expect(textOf(SCANNER)).toMatchFileSnapshot(goldenFile('scanner'))
})

interface PodSpec {
  readonly hostPID?: boolean
  readonly automountServiceAccountToken: boolean
  readonly volumes: readonly {
    readonly name: string
    readonly emptyDir?: { readonly sizeLimit?: string }
    readonly hostPath?: { readonly path: string }
  }[]
  readonly containers: readonly ContainerSpec[]
  readonly initContainers?: readonly ContainerSpec[]
}
interface ContainerSpec {
  readonly name: string
  readonly securityContext: Readonly<Record<string, unknown>>
  readonly volumeMounts: readonly { readonly name: string; readonly readOnly?: boolean }[]
  readonly livenessProbe?: unknown
  readonly readinessProbe?: unknown
  readonly resources: { readonly requests: unknown; readonly limits: { readonly memory?: string } }
}

const everyObject = [...PLATFORMS.flatMap(({ settings }) => wholePlatform(settings)), ...SCANNER]
const podsOf = (object: KubeObject): PodSpec[] => {
  const { template } = (object.spec ?? {}) as { readonly template?: { readonly spec: PodSpec } }
  return template?.spec ? [template.spec] : []
}

test('runs every parser of hostile content in a restricted pod, as a user that no other container has', () => {
  const pods = everyObject.flatMap(podsOf)
  const engines = pods.filter(({ containers }) => containers.some(({ name }) => name === 'guardimesh-antivirus'))
  expect(engines.length).toBeGreaterThan(0)
  for (const pod of engines) {
    expect([pod.hostPID, pod.automountServiceAccountToken]).toEqual([undefined, false])
    const kinds = new Set(pod.volumes.flatMap(({ name: _, ...source }) => Object.keys(source)))
    expect([...kinds].sort()).toEqual(['emptyDir', 'secret'])
    for (const { name, emptyDir } of pod.volumes) if (emptyDir) expect(emptyDir.sizeLimit, name).toBeDefined()
    expect(pod.containers.map(({ securityContext }) => securityContext.runAsUser)).toEqual([65_611, 65_613, 65_612])
  }
  const others = pods.filter((pod) => !engines.includes(pod)).flatMap(({ containers }) => containers)
  for (const { name, securityContext } of others) expect([65_611, 65_612, 65_613], name).not.toContain(securityContext.runAsUser)
})

test('runs every parser with a seccomp profile of ours, and mounts nothing else of the node to install it', () => {
  const pods = scannersWith({}).flatMap(podsOf)
  const scanner = pods.find(({ hostPID }) => hostPID)
  const engines = pods.find(({ containers }) => containers.some(({ name }) => name === 'guardimesh-antivirus'))
  for (const { name, securityContext } of engines?.containers ?? [])
    expect(securityContext.seccompProfile, name).toEqual({
      type: 'Localhost',
      localhostProfile: OWN_PROFILES[name.replace('guardimesh-', '') as ProfiledContainer],
    })
  const [installer] = scanner?.initContainers ?? []
  expect(installer?.volumeMounts).toEqual([{ name: 'seccomp-profiles', mountPath: '/seccomp-profiles' }])
  expect(scanner?.volumes.find(({ name }) => name === 'seccomp-profiles')).toMatchObject({
    hostPath: { path: '/var/lib/kubelet/seccomp/guardimesh' },
  })
})

test.each([
  {
    seccompProfiles: { antivirus: 'site/clamd.json' },
    expected: ['site/clamd.json', 'guardimesh/puller-', 'guardimesh/obfuscation-scanner-'],
  },
  { seccompProfiles: OFF, expected: ['RuntimeDefault', 'RuntimeDefault', 'RuntimeDefault'] },
])('uses the seccomp profiles of the spec: $seccompProfiles', ({ seccompProfiles, expected }) => {
  const pods = scannersWith({ seccompProfiles, kubeletFolder: '/data/kubelet' }).flatMap(podsOf)
  const profiles = pods.flatMap(({ containers }) => containers).flatMap(({ securityContext }) => securityContext.seccompProfile ?? [])
  const names = (profiles as { type: string; localhostProfile?: string }[]).map(({ type, localhostProfile }) => localhostProfile ?? type)
  expect(names.map((name) => name.replace(/-[0-9a-f]{12}\.json$/, '-'))).toEqual(expected)
  const scanner = pods.find(({ hostPID }) => hostPID)
  const folders = scanner?.volumes.flatMap(({ hostPath }) => hostPath?.path ?? []).filter((path) => path.includes('seccomp'))
  expect(folders).toEqual(seccompProfiles === OFF ? [] : ['/data/kubelet/seccomp/guardimesh'])
  expect(scanner?.initContainers?.length ?? 0).toBe(seccompProfiles === OFF ? 0 : 1)
})

test('mounts each socket folder and each /tmp for writing in one container only', () => {
  for (const { containers } of everyObject.flatMap(podsOf)) {
    const mounts = containers.flatMap(({ name, volumeMounts }) => volumeMounts.map((volume) => ({ container: name, ...volume })))
    const isPrivate = (volume: string) =>
      volume.startsWith('run-') || volume.startsWith('tmp') || volume === 'clamd-config' || volume === 'signatures'
    const writable = mounts.filter(({ name, readOnly }) => isPrivate(name) && !readOnly).map(({ name }) => name)
    expect(writable).toEqual([...new Set(writable)])
  }
})

test('gives a token for the Kubernetes API to the scanner process only', () => {
  for (const { automountServiceAccountToken } of everyObject.flatMap(podsOf)) expect(automountServiceAccountToken).toBe(false)
  const mounting = everyObject
    .flatMap(podsOf)
    .flatMap(({ containers }) => containers)
    .filter(({ volumeMounts }) => volumeMounts.some(({ name }) => name === 'api-token'))
  expect(new Set(mounting.map(({ name }) => name))).toEqual(new Set(['guardimesh-scanner']))
})

test('runs only scanner and inspector as privileged containers', () => {
  const containers = everyObject.flatMap(podsOf).flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers])
  const privileged = new Set(containers.filter(({ securityContext }) => securityContext.privileged).map(({ name }) => name))
  expect([...privileged].sort()).toEqual(['guardimesh-inspector', 'guardimesh-scanner'])
  for (const { name, securityContext, resources } of containers) {
    expect(securityContext.readOnlyRootFilesystem, name).toBe(true)
    expect(resources.limits.memory, name).toBeDefined()
    if (name === 'guardimesh-profile-installer')
      expect(securityContext).toMatchObject({ runAsUser: 0, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })
    else if (!privileged.has(name))
      expect(securityContext).toMatchObject({ runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })
  }
})

interface PolicySpec {
  readonly egress: readonly { readonly to?: readonly unknown[]; readonly ports: readonly { readonly port: number }[] }[]
}

test('allows egress to any address only for scanners and for users of an external database', () => {
  const openPolicies = everyObject
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) =>
      (spec as unknown as PolicySpec).egress
        .filter(({ to }) => !to?.length)
        .map(({ ports }) => `${metadata.name}: ${ports.map(({ port }) => port).join(' ')}`),
    )
  expect([...new Set(openPolicies)].sort()).toEqual([
    'guardimesh-backend: 6432',
    'guardimesh-engines: 8443',
    'guardimesh-scanner: 443 6443',
    'guardimesh-set-up: 6432',
    'guardimesh-worker: 6432',
  ])
})

test('allows scanners and engines of this cluster to reach the pods of their platform', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'security' } }
  const toPlatform = {
    to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'guardimesh' } }, namespaceSelector }],
    ports: [{ protocol: 'TCP', port: 8443 }],
  }
  const { egress } = scannerNetworkPolicyRules('https://gm-backend.security.svc.cluster.local')
  expect(egress.slice(1)).toEqual([toPlatform, { ports: [443, 6443].map((port) => ({ protocol: 'TCP', port })) }])
  expect(enginesNetworkPolicyRules('https://gm-signature-server.security.svc').egress.slice(1)).toEqual([toPlatform])
})

test('configures probes for every long-running container', () => {
  const longRunning = everyObject.filter(({ kind }) => kind !== 'Job').flatMap(podsOf)
  for (const { name, livenessProbe, readinessProbe } of longRunning.flatMap(({ containers }) => containers))
    expect([name, livenessProbe !== undefined, readinessProbe !== undefined]).toEqual([name, true, true])
})

test('builds the same objects from the same settings, and another Job for another version', () => {
  expect(textOf(wholePlatform(somePlatformSettings()))).toBe(textOf(wholePlatform(somePlatformSettings())))
  const otherImages = {
    ...aChildContext().images,
    references: { ...aChildContext().images.references, backend: 'guardimesh.local/backend@sha256:f' },
  }
  const other = setUpJob(somePlatformSettings({}, { images: otherImages })).metadata.name
  expect(other).not.toBe(setUpJob(somePlatformSettings()).metadata.name)
})
