import { execFile, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { ApiServer } from '../../../../platform-operator/test/api-server.js'
import { binary, ChartPackage, HELMS, type KubeObject, parseObjects, TESTS_FOLDER } from '../chart.js'
import { type OpenApi, schemaLocation, writeSchemas } from '../open-api-schemas.js'

const run = promisify(execFile)
const CHART_FOLDER = join(TESTS_FOLDER, '..')
const NAMESPACE = 'guardimesh-system'
const CRDS = ['guardimeshplatforms.guardimesh.io', 'guardimeshscanners.guardimesh.io']

const OPERATOR_GOLDEN = join(CHART_FOLDER, '../../platform-operator/test/golden')
/** Kinds of other projects, which this API server does not serve. */
const FOREIGN_KINDS = ['SecurityContextConstraints', 'Certificate', 'HTTPRoute', 'BackendTLSPolicy']
const inFolder = (folder: string) => readdirSync(folder).map((name) => ({ name, file: join(folder, name) }))

let server: ApiServer
let chart: ChartPackage
let env: NodeJS.ProcessEnv
/** Document of the API server, including our kinds. */
let openApi: OpenApi

beforeAll(async () => {
  ;[server, chart] = await Promise.all([ApiServer.start(), ChartPackage.create()])
  env = { ...process.env, KUBECONFIG: join(chart.folder, 'kube.conf') }
  const kubeConfig = server.kubeConfig()
  const { server: url, caData } = required(kubeConfig.getCurrentCluster())
  const { token } = required(kubeConfig.getCurrentUser())
  await writeFile(join(chart.folder, 'kube.conf'), kubeConfig.exportConfig())
  await writeFile(join(chart.folder, 'token'), required(token))
  await writeFile(join(chart.folder, 'ca.crt'), Buffer.from(required(caData), 'base64'))
  // Environment of the chart's scripts in a pod.
  env = { ...env, API_URL: url, NODE_EXTRA_CA_CERTS: join(chart.folder, 'ca.crt'), TOKEN_FILE: join(chart.folder, 'token') }
  env = { ...env, ACCOUNT_FOLDER: chart.folder, CRDS_FOLDER: join(CHART_FOLDER, 'crds'), NAMESPACE }
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await chart[Symbol.asyncDispose]()
})

function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the API server has no address or token')
  return value
}

/** Runs a program with access to the cluster by its environment. @returns its output. */
async function runInCluster(program: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<string> {
  return (await run(program, args, { env: { ...env, ...extra }, maxBuffer: 64 * 1024 * 1024 })).stdout
}
const kubectl = (...args: readonly string[]) => runInCluster(binary('kubectl'), args)
const script = (name: string, extra: NodeJS.ProcessEnv = {}) => runInCluster(process.execPath, [join(CHART_FOLDER, 'files', name)], extra)

/** Creates objects in a server-side dry run. */
const createDry = (objects: readonly object[]) => create(objects, '--dry-run=server')

async function create(objects: readonly object[], ...options: readonly string[]): Promise<void> {
  const child = spawn(binary('kubectl'), ['create', '--validate=strict', ...options, '-f', '-'], { env })
  child.stdin.end(objects.map((object) => stringify(object)).join('---\n'))
  const output = (await child.stderr.setEncoding('utf8').toArray()).join('')
  if (output) throw new Error(output)
}

/** Validates objects with the schemas of the API server. @returns the summary. @throws Error with kubeconform's output. */
async function conform(text: string): Promise<string> {
  const folder = await mkdtemp(join(chart.folder, 'schemas-'))
  const kinds = new Set(parseObjects(text).map(({ kind }) => kind))
  await writeSchemas(openApi, kinds, folder)
  const file = join(folder, 'objects.yaml')
  await writeFile(file, text)
  const options = ['-strict', '-summary', '-skip', FOREIGN_KINDS.join(',')]
  return runInCluster(binary('kubeconform'), [...options, '-schema-location', schemaLocation(folder), file])
}

describe.each(HELMS)('%s', (helm) => {
  test('installs without values and uninstalls completely', async () => {
    await runInCluster(binary(helm), ['install', 'guardimesh', chart.file, '--namespace', NAMESPACE, '--create-namespace'])
    const kinds = 'guardimeshplatform,deployment,configmap,role,rolebinding,networkpolicy'
    expect((await kubectl('get', kinds, '-n', NAMESPACE, '-o', 'name')).split('\n')).toEqual(
      expect.arrayContaining(['guardimeshplatform.guardimesh.io/guardimesh', 'deployment.apps/guardimesh-operator']),
    )
    // The uninstall hook would need a node.
    await runInCluster(binary(helm), ['uninstall', 'guardimesh', '--namespace', NAMESPACE, '--no-hooks'])
    expect(await kubectl('get', `${kinds},secret,serviceaccount,pvc`, '-n', NAMESPACE, '-o', 'name')).toBe('')
    const clusterWide = 'clusterrole,clusterrolebinding,validatingadmissionpolicy,validatingadmissionpolicybinding'
    expect(await kubectl('get', clusterWide, '-l', 'app.kubernetes.io/part-of=guardimesh', '-o', 'name')).toBe('')
  })
})

describe('installed', () => {
  beforeAll(async () => {
    await runInCluster(binary('helm'), ['install', 'guardimesh', chart.file, '--namespace', NAMESPACE, '--create-namespace'])
    openApi = JSON.parse(await kubectl('get', '--raw', '/openapi/v2'))
  })

  test.each(readdirSync(join(TESTS_FOLDER, 'expected')))('creates all objects of %s', async (name) => {
    const objects = parseObjects(await readFile(join(TESTS_FOLDER, 'expected', name), 'utf8'))
    // The API server does not serve the kinds of OpenShift.
    const known = objects.filter(({ apiVersion }) => apiVersion !== 'security.openshift.io/v1')
    await createDry(known.map((object) => ({ ...object, metadata: { ...object.metadata, name: `again-${object.metadata.name}` } })))
  })

  test.each([...inFolder(join(TESTS_FOLDER, 'expected')), ...inFolder(OPERATOR_GOLDEN)])(
    'validates $name with kubeconform and the schemas of the API server',
    async ({ file }) => {
      const summary = await conform(await readFile(file, 'utf8'))
      expect(summary).toMatch(/Invalid: 0, Errors: 0/)
      expect(summary).not.toMatch(/Valid: 0,/)
    },
  )

  test('complies with Pod Security "restricted" except for two containers of the scanner pods', async () => {
    const namespace = 'strict'
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'any', namespace } }
    await create([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }, account])
    const files = [...inFolder(join(TESTS_FOLDER, 'expected')), ...inFolder(OPERATOR_GOLDEN)]
    const objects = (await Promise.all(files.map(async ({ file }) => parseObjects(await readFile(file, 'utf8'))))).flat()
    const pods = objects.flatMap(({ kind, metadata, spec }) => podOf(kind, metadata.name, spec, namespace))
    const [scanners, others] = [pods.filter(isScanner), pods.filter((pod) => !isScanner(pod))]
    expect(others.length).toBeGreaterThan(20)
    await createDry(others)
    const [scanner] = scanners
    // A pod with a token must have a service account.
    const scannerPod = required(scanner)
    const withAccount = { ...scannerPod, spec: { ...scannerPod.spec, serviceAccountName: 'any' } }
    const rejection = await createDry([withAccount]).then(String, (error: Error) => error.message)
    expect(rejection).toContain('violates PodSecurity "restricted')
    expect(rejection).toContain('privileged (containers "guardimesh-scanner", "guardimesh-inspector" must not set')
    const engines = others.filter(({ metadata }) => /^daemonset-.*-engines$/.test(metadata.name))
    expect(engines.length).toBeGreaterThan(0)
  })

  test('detects unknown fields and values of another type with kubeconform', async () => {
    const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: ${spec}\n`
    expect(await conform(service('{ ports: [{ port: 1 }] }'))).toMatch(/Invalid: 0, Errors: 0/)
    await expect(conform(service('{ prots: [] }'))).rejects.toMatchObject({ stdout: expect.stringContaining("'prots' not allowed") })
    await expect(conform(service('{ ports: many }'))).rejects.toMatchObject({ stdout: expect.stringContaining('Invalid: 1') })
  })

  test.each([
    { name: 'a restricted pod', pod: aPod({}) },
    { name: 'a scanner with access to the node', pod: aScanner({}) },
    { name: 'a scanner that installs seccomp profiles', pod: aScanner({ spec: { initContainers: [anInstaller({})] } }) },
    {
      name: 'a pod with allowed settings of AppArmor, SELinux and the kernel',
      pod: aPod({
        context: { appArmorProfile: { type: 'Localhost', localhostProfile: 'ours' }, seLinuxOptions: { type: 'container_t', level: 's0' } },
        pod: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
        container: { livenessProbe: { httpGet: { port: 80 } }, lifecycle: { preStop: { exec: { command: ['/a'] } } } },
      }),
    },
    { name: 'a pod without labels', pod: { ...aPod({}), metadata: { name: 'plain', namespace: NAMESPACE } } },
  ])('admits $name', ({ pod }) => createDry([pod]))

  test.each([
    { name: 'hostPID', pod: aPod({ spec: { hostPID: true } }), message: 'hostPID' },
    { name: 'hostNetwork', pod: aPod({ spec: { hostNetwork: true } }), message: 'hostNetwork' },
    { name: 'hostNetwork of a scanner', pod: aScanner({ spec: { hostNetwork: true } }), message: 'hostNetwork' },
    { name: 'a hostPath volume', pod: aPod({ spec: { volumes: [{ name: 'a', hostPath: { path: '/' } }] } }), message: 'hostPath' },
    { name: 'a privileged container', pod: aPod({ context: { privileged: true, allowPrivilegeEscalation: true } }), message: 'privileged' },
    { name: 'another privileged container of a scanner', pod: aScanner({ containerName: 'guardimesh-antivirus' }), message: 'privileged' },
    {
      name: 'the installer of seccomp profiles in another pod',
      pod: aPod({ spec: { initContainers: [anInstaller({ seLinuxOptions: {} })] } }),
      message: 'user 0',
    },
    {
      name: 'capabilities of the installer of seccomp profiles',
      pod: aScanner({ spec: { initContainers: [anInstaller({ capabilities: {} })] } }),
      message: 'drop the capability ALL',
    },
    { name: 'the user of a parser for another pod', pod: aPod({ context: { runAsUser: 65_611 } }), message: 'only pods of the engines' },
    { name: 'privilege escalation', pod: aPod({ context: { allowPrivilegeEscalation: true } }), message: 'allowPrivilegeEscalation' },
    { name: 'default capabilities', pod: aPod({ context: { capabilities: {} } }), message: 'drop the capability ALL' },
    {
      name: 'additional capabilities',
      pod: aPod({ context: { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } }),
      message: 'only add NET_BIND_SERVICE',
    },
    { name: 'user 0', pod: aPod({ context: { runAsUser: 0 } }), message: 'user 0' },
    {
      name: 'a missing runAsNonRoot',
      pod: aPod({ spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } } }),
      message: 'runAsNonRoot',
    },
    { name: 'the seccomp profile Unconfined', pod: aPod({ context: { seccompProfile: { type: 'Unconfined' } } }), message: 'seccomp' },
    { name: 'a hostPort', pod: aPod({ ports: [{ containerPort: 80, hostPort: 80 }] }), message: 'hostPort' },
    {
      name: 'the AppArmor profile Unconfined',
      pod: aPod({ context: { appArmorProfile: { type: 'Unconfined' } } }),
      message: 'AppArmor',
    },
    {
      name: 'the AppArmor profile Unconfined of a pod',
      pod: aPod({ pod: { appArmorProfile: { type: 'Unconfined' } } }),
      message: 'AppArmor',
    },
    {
      name: 'the AppArmor profile Unconfined in an annotation',
      pod: aPod({ annotations: { 'container.apparmor.security.beta.kubernetes.io/guardimesh-scanner': 'unconfined' } }),
      message: 'AppArmor',
    },
    { name: 'an SELinux type', pod: aPod({ context: { seLinuxOptions: { type: 'spc_t' } } }), message: 'seLinuxOptions' },
    { name: 'an SELinux user of a pod', pod: aPod({ pod: { seLinuxOptions: { user: 'root' } } }), message: 'seLinuxOptions' },
    { name: 'an unsafe sysctl', pod: aPod({ pod: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }), message: 'sysctls' },
    {
      name: 'a probe of another host',
      pod: aPod({ container: { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } } }),
      message: 'must not set a host',
    },
    {
      name: 'a lifecycle hook with a host',
      pod: aPod({ container: { lifecycle: { preStop: { tcpSocket: { host: '10.0.0.1', port: 80 } } } } }),
      message: 'must not set a host',
    },
    {
      name: 'an init container without a security context',
      pod: aPod({ spec: { initContainers: [{ name: 'first', image: 'a' }] } }),
      message: 'allowPrivilegeEscalation',
    },
  ])('denies $name', ({ pod, message }) => expect(createDry([pod])).rejects.toThrow(message))

  test('applies the policy in the release namespace only', () => createDry([aPod({ spec: { hostPID: true }, namespace: 'default' })]))

  test.each(HELMS)('rejects a second release before anything is applied: %s', async (helm) => {
    const second = runInCluster(binary(helm), ['install', 'second', chart.file, '--namespace', 'elsewhere', '--create-namespace'])
    await expect(second).rejects.toThrow(
      'This cluster already has Guardimesh (ClusterRole guardimesh-operator of release "guardimesh" in namespace "guardimesh-system")',
    )
    const created = 'deployment,configmap,serviceaccount,secret'
    expect(await kubectl('get', created, '-n', 'elsewhere', '-l', 'app.kubernetes.io/part-of=guardimesh', '-o', 'name')).toBe('')
    // The same release passes.
    await runInCluster(binary(helm), ['upgrade', 'guardimesh', chart.file, '--namespace', NAMESPACE, '--no-hooks'])
  })

  test('waits for readiness in helm test and prints the conditions', async () => {
    const ready = (timeoutSeconds: string) =>
      script('tests/ready.mjs', { RESOURCE: 'guardimeshplatforms/guardimesh', TIMEOUT_SECONDS: timeoutSeconds })
    await expect(ready('1')).rejects.toMatchObject({ stdout: expect.stringContaining('The operator has not reported yet.') })
    await patchStatus([
      condition('Ready', 'False', 'WaitingForDatabase', 'The database is not ready.'),
      condition('DatabaseReady', 'False', 'PodsNotReady', 'No pod of guardimesh-postgres is ready.'),
    ])
    await expect(ready('1')).rejects.toMatchObject({
      stdout: expect.stringContaining('DatabaseReady: PodsNotReady: No pod of guardimesh-postgres is ready.'),
    })
    await patchStatus([condition('Ready', 'True', 'AsDesired', 'Everything runs.')])
    expect(await ready('10')).toBe('passed: guardimeshplatforms/guardimesh is ready, version 1.2.3\n')
  })

  test('updates the CRDs in an upgrade', async () => {
    const columnNames = ['-o', 'jsonpath={.spec.versions[0].additionalPrinterColumns[*].name}']
    const columns = await kubectl('get', 'crd', 'guardimeshplatforms.guardimesh.io', ...columnNames)
    const older = [{ op: 'remove', path: '/spec/versions/0/additionalPrinterColumns' }]
    await kubectl('patch', 'crd', 'guardimeshplatforms.guardimesh.io', '--type=json', '-p', JSON.stringify(older))
    expect(await kubectl('get', 'crd', 'guardimeshplatforms.guardimesh.io', ...columnNames)).not.toBe(columns)
    expect(await script('hooks/apply-crds.mjs')).toBe(CRDS.map((name) => `${name} is up to date\n`).join(''))
    expect(await kubectl('get', 'crd', 'guardimeshplatforms.guardimesh.io', ...columnNames)).toBe(columns)
  })
})

/** Pods of a workload, in another namespace; empty for objects without pods. */
function podOf(kind: string, name: string, spec: KubeObject['spec'], namespace: string): KubeObject[] {
  const podSpec = kind === 'Pod' ? spec : spec?.template?.spec
  if (!podSpec) return []
  // These objects do not exist in this cluster, and Pod Security does not check them.
  const { serviceAccountName: _, priorityClassName: __, ...rest } = podSpec
  return [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `${kind.toLowerCase()}-${name}`, namespace }, spec: rest }]
}

const isScanner = ({ metadata }: KubeObject) => /^daemonset-.*-scanner$/.test(metadata.name)

interface PodParts {
  readonly namespace?: string
  readonly containerName?: string
  readonly spec?: object
  readonly context?: object
  readonly ports?: readonly object[]
  readonly annotations?: object
  /** More fields of the container. */
  readonly container?: object
  /** More fields of the pod's security context. */
  readonly pod?: object
}

function aPod({ namespace = NAMESPACE, containerName = 'guardimesh-scanner', spec, context, ports = [], ...more }: PodParts): KubeObject {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...context }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'candidate', namespace, labels: { 'app.kubernetes.io/name': 'something' }, annotations: { ...more.annotations } },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...more.pod },
      containers: [{ name: containerName, image: 'a', securityContext, ports, ...more.container }],
      ...spec,
    },
  }
}

function aScanner(parts: PodParts): KubeObject {
  const nodeAccess = { hostPID: true, securityContext: {}, volumes: [{ name: 'host', hostPath: { path: '/' } }] }
  const context = { privileged: true, allowPrivilegeEscalation: true, capabilities: {}, runAsUser: 0 }
  const pod = aPod({ ...parts, context, spec: { ...nodeAccess, ...parts.spec } })
  return { ...pod, metadata: { ...pod.metadata, labels: { 'app.kubernetes.io/name': 'guardimesh-scanner' } } }
}

/** Init container that runs as root under all other restrictions. */
function anInstaller(context: object): object {
  const restricted = {
    ...{ runAsUser: 0, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    ...{ seLinuxOptions: { type: 'spc_t' }, seccompProfile: { type: 'RuntimeDefault' } },
  }
  return { name: 'guardimesh-profile-installer', image: 'a', securityContext: { ...restricted, ...context } }
}

function condition(type: string, status: string, reason: string, message: string) {
  return { type, status, reason, message, lastTransitionTime: '2026-11-21T12:00:00Z' }
}

function patchStatus(conditions: readonly object[]): Promise<string> {
  const status = JSON.stringify({ status: { observedGeneration: 1, version: '1.2.3', conditions } })
  return kubectl('patch', 'guardimeshplatform/guardimesh', '-n', NAMESPACE, '--subresource=status', '--type=merge', '-p', status)
}
