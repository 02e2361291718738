import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '@guardimesh/testbed/certificates.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CheckResult } from '../../src/doctor/check.js'
import type { KubeClient } from '../../src/kube/kube-client.js'
import { runCli } from '../../src/run-cli.js'
import { captureOutput } from '../fixture/capture-output.js'
import { ApiServer, clientOf, installCrds, setStatus, startKubelet, writeKubeconfig } from '../fixture/cluster.js'

const NAMESPACE = 'guardimesh-system'
const PASSWORD = 'planted-password-of-the-database'
const API_KEY = 'gmk_abcd2345_PlantedPlantedPlantedPlantedPlantedPlante01'
const base64 = (text: string) => Buffer.from(text).toString('base64')

let folder: string
let server: ApiServer
let client: KubeClient
let kubelet: { server: Server; port: number }
let flags: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-doctor-'))
  server = await ApiServer.start()
  client = clientOf(server)
  flags = ['--kubeconfig', writeKubeconfig(server, folder)]
  kubelet = await startKubelet({
    'gm-backend-1/backend': `2026-11-21T00:00:00Z {"msg":"started"}\nlogin with ${PASSWORD} and ${API_KEY}\nCookie: __Host-session=planted-cookie; a=b\n`,
    'gm-backend-1/backend/previous': `Bearer planted.bearer.token ended\n`,
  })
})
afterAll(async () => {
  kubelet?.server.close()
  await server?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function diagnose(): Promise<{ exitCode: number; checks: readonly CheckResult[] }> {
  const { exitCode, stdout, stderr } = await captureOutput(() => runCli(['doctor', 'cluster', '--json', ...flags]))
  expect(stderr).toBe('')
  return { exitCode, checks: JSON.parse(stdout) }
}
const found = (checks: readonly CheckResult[], name: string) => checks.filter((check) => check.name === name)

test('doctor reports the problems of an unprepared cluster with advice', async () => {
  const { exitCode, checks } = await diagnose()
  expect(exitCode).toBe(1)
  expect(found(checks, 'Kubernetes')).toMatchObject([{ status: 'ok' }])
  expect(found(checks, 'permissions')).toMatchObject([{ status: 'ok' }])
  expect(found(checks, 'nodes')).toMatchObject([{ status: 'fail', message: 'The cluster has no nodes.' }])
  expect(found(checks, 'storage')).toMatchObject([{ status: 'fail' }])
  expect(found(checks, 'pod security')).toMatchObject([{ status: 'ok', message: 'The namespace guardimesh-system does not exist yet.' }])
  expect(checks.filter(({ status, advice }) => status !== 'ok' && !advice)).toEqual([])
})

test('doctor passes for a prepared cluster', async () => {
  await client.post('/api/v1/namespaces', { metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } })
  await client.post('/apis/storage.k8s.io/v1/storageclasses', {
    metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'example.com/local',
  })
  await client.post('/api/v1/nodes', { metadata: { name: 'node-1' } })
  await setStatus(client, '/api/v1/nodes/node-1', {
    nodeInfo: { kernelVersion: '6.1.0', architecture: 'amd64', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://1.7.2' },
    allocatable: { memory: '8Gi' },
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } },
  })
  const { exitCode, checks } = await diagnose()
  expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
  expect(exitCode).toBe(0)
  expect(found(checks, 'nodes')).toMatchObject([{ status: 'ok', message: '1 node, amd64, containerd://1.7.2' }])
  expect(found(checks, 'cluster DNS')).toMatchObject([{ status: 'warn' }])
})

test('doctor reports the problems of an installation', async () => {
  await installCrds(server.client)
  const platforms = `/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/guardimeshplatforms`
  await client.post(platforms, { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshPlatform', metadata: { name: 'gm' }, spec: {} })
  const lastTransitionTime = new Date().toISOString()
  await setStatus(client, `${platforms}/gm`, {
    conditions: [
      { type: 'Ready', status: 'False', reason: 'WaitingForDatabase', message: 'wait', lastTransitionTime },
      { type: 'DatabaseReady', status: 'False', reason: 'PodsNotReady', message: 'gm-postgres is not ready', lastTransitionTime },
    ],
  })
  await makePod('gm-backend-1', { name: 'PGPASSWORD', value: 'planted-in-a-variable' })
  await setStatus(client, `/api/v1/namespaces/${NAMESPACE}/pods/gm-backend-1`, {
    phase: 'Pending',
    containerStatuses: [
      {
        name: 'backend',
        image: 'guardimesh.local/backend@sha256:1',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'ErrImageNeverPull' } },
      },
    ],
  })
  await makeSecrets()
  const { exitCode, checks } = await diagnose()
  expect(exitCode).toBe(1)
  expect(found(checks, 'guardimeshplatform gm')).toMatchObject([
    { status: 'fail', message: expect.stringContaining('DatabaseReady (PodsNotReady): gm-postgres is not ready') },
  ])
  expect(found(checks, 'pod gm-backend-1')).toMatchObject([
    { status: 'fail', advice: expect.stringMatching(/into the node node-1: guardimesh bundle load/) },
  ])
  expect(found(checks, 'definitions')).toMatchObject([
    { status: 'ok', message: 'guardimeshplatforms.guardimesh.io in v1alpha1' },
    { status: 'ok' },
  ])
  expect(found(checks, 'certificates')).toMatchObject([{ status: 'ok', message: '1 valid certificate' }])
  expect(found(checks, 'certificate gm-broken')).toEqual([])
  const text = await captureOutput(() => runCli(['doctor', 'cluster', ...flags]))
  expect(text.stdout).toMatch(/FAIL {2}pod gm-backend-1 .*ErrImageNeverPull/)
})

test('support-bundle contains resources and logs, but no secrets', async () => {
  const output = join(folder, 'support.tar.gz')
  const done = await captureOutput(() => runCli(['support-bundle', '--output', output, ...flags]))
  expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('support.tar.gz: ') })
  expect(statSync(output).mode & 0o777).toBe(0o600)
  execFileSync('tar', ['-xzf', output, '-C', folder])
  const root = join(folder, 'guardimesh-support')
  const read = (name: string) => readFileSync(join(root, name), 'utf8')
  expect(JSON.parse(read('guardimeshplatforms.json'))[0].status.conditions).toHaveLength(2)
  expect(read('logs/gm-backend-1/backend.log')).toContain('login with [redacted] and gmk_abcd2345_[redacted]')
  expect(read('logs/gm-backend-1/backend.previous.log')).toContain('ended')
  expect(JSON.parse(read('nodes.json'))[0].status.nodeInfo.kernelVersion).toBe('6.1.0')
  expect(JSON.parse(read('definitions.json'))).toHaveLength(2)
  expect(JSON.parse(read('secrets.json'))).toContainEqual({
    name: 'gm-postgres-password',
    secretType: 'Opaque',
    keys: [{ key: 'password', sizeBytes: PASSWORD.length }],
  })
  const everything = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
  for (const planted of [
    PASSWORD,
    base64(PASSWORD),
    API_KEY,
    'planted-cookie',
    'planted.bearer',
    'planted-in-a-variable',
    'planted-in-settings',
    'PRIVATE KEY',
  ])
    expect(everything).not.toContain(planted)
})

test('reports an unreachable cluster and an invalid kubeconfig', async () => {
  const nowhere = await captureOutput(() => runCli(['doctor', 'cluster', '--kubeconfig', join(folder, 'none')]))
  expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Invalid kubeconfig') })
})

async function makePod(name: string, variable: object): Promise<void> {
  const labels = { 'app.kubernetes.io/part-of': 'guardimesh', 'app.kubernetes.io/component': 'backend' }
  await client.post(`/api/v1/namespaces/${NAMESPACE}/pods`, {
    metadata: { name, labels },
    spec: { nodeName: 'node-1', containers: [{ name: 'backend', image: 'guardimesh.local/backend@sha256:1', env: [variable] }] },
  })
}

async function makeSecrets(): Promise<void> {
  const authority = await createAuthority('platform')
  const { certificateFile, keyFile } = await authority.issue('DNS:gm-backend')
  const make = (name: string, type: string, data: Record<string, string>) =>
    client.post(`/api/v1/namespaces/${NAMESPACE}/secrets`, { metadata: { name }, type, data })
  await make('gm-postgres-password', 'Opaque', { password: base64(PASSWORD) })
  await make('gm-backend-tls', 'kubernetes.io/tls', {
    'tls.crt': readFileSync(certificateFile, 'base64'),
    'tls.key': readFileSync(keyFile, 'base64'),
  })
  await client.post(`/api/v1/namespaces/${NAMESPACE}/configmaps`, {
    metadata: { name: 'settings', annotations: { note: `the password is ${PASSWORD}` } },
    data: { 'app.conf': 'smtp_password = planted-in-settings\n' },
  })
  rmSync(authority.folder, { recursive: true, force: true })
}
