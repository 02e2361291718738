import { access, copyFile, mkdir, rm } from 'node:fs/promises'
import { Agent, get } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { runChecked } from '@guardimesh/kit'
import { abandonedFolders, temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachCluster, Cluster, startCluster } from '../../src/cluster/cluster.js'
import { waitFor } from '../../src/wait-for.js'
import { aPod } from './pods.js'

const PURPOSE = 'cluster'

let stateFolder: string
let cluster: Cluster

beforeAll(async () => {
  // Remove clusters of killed test runs.
  for (const folder of await abandonedFolders(PURPOSE)) {
    await new Cluster(folder).down()
    await rm(folder, { recursive: true, force: true })
  }
  stateFolder = await temporaryFolder(PURPOSE)
  cluster = await startCluster({ nodes: 2, stateFolder })
})

afterAll(async () => {
  await cluster?.down()
  await rm(stateFolder, { recursive: true, force: true })
})

async function apply(...objects: object[]): Promise<void> {
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
}

const waitReady = (podName: string) => cluster.kubectl(['wait', '--for=condition=Ready', `pod/${podName}`, '--timeout=90s'])
const inPod = (podName: string, ...argv: string[]) => cluster.kubectl(['exec', podName, '--', '/bin/busybox', ...argv])

async function nodeConditions(): Promise<Record<string, string>> {
  const { items } = JSON.parse(await cluster.kubectl(['get', 'nodes', '-o', 'json']))
  return Object.fromEntries(
    items.map((node: { metadata: { name: string }; status: { conditions: { type: string; status: string }[] } }) => [
      node.metadata.name,
      node.status.conditions.find(({ type }) => type === 'Ready')?.status,
    ]),
  )
}

const namespacesInUse = async () => (await runChecked('ip', ['netns', 'list'])).match(/^gm-(cp|node\d+|ext-\w+)/gm) ?? []

describe('a cluster of two nodes', () => {
  test('runs, and rejects a second cluster with instructions', async () => {
    await expect(nodeConditions()).resolves.toEqual({ node1: 'True', node2: 'True' })
    await expect(attachCluster(stateFolder)).resolves.toMatchObject({ stateFolder })
    await expect(startCluster({ stateFolder: `${stateFolder}-other` })).rejects.toThrow(/a cluster is already running.*make cluster-down/)
  })

  test('runs an unprivileged pod that writes to a volume and resolves the name of a Service', async () => {
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    await apply(
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec },
      aPod({ name: 'writer', userId: 65532, volumeClaim: 'data', script: 'echo kept >/data/file' }),
    )
    await waitReady('writer')
    await expect(inPod('writer', 'cat', '/data/file')).resolves.toBe('kept\n')
    await expect(cluster.kubectl(['get', 'pvc', 'data', '-o', 'jsonpath={.status.phase}'])).resolves.toBe('Bound')
    await expect(inPod('writer', 'nslookup', 'kubernetes.default.svc.cluster.local')).resolves.toContain('Address: 10.96.0.1\n')
  })

  test('rejects a privileged pod in a restricted namespace and runs it in others', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'strict', labels } })
    await expect(apply(aPod({ name: 'mighty', namespace: 'strict', privileged: true }))).rejects.toThrow(/violates PodSecurity "restricted/)
    await apply(aPod({ name: 'mighty', privileged: true }))
    await waitReady('mighty')
  })

  test('connects pods of different nodes and an external machine', async () => {
    await apply(
      aPod({ name: 'server', node: 'node1', script: '(while true; do echo hello | /bin/busybox nc -l -p 8080; done) &' }),
      aPod({ name: 'client', node: 'node2' }),
    )
    await Promise.all(['server', 'client'].map(waitReady))
    const serverIp = await cluster.kubectl(['get', 'pod', 'server', '-o', 'jsonpath={.status.podIP}'])
    await waitFor(async () => expect(await inPod('client', 'nc', '-w', '2', serverIp, '8080')).toBe('hello\n'))
    const external = await cluster.addExternalMachine('peer', '10.99.0.200')
    const [command = '', ...inside] = external
    await runChecked(command, [...inside, 'busybox', 'ping', '-c', '1', '-W', '5', serverIp])
    await expect(inPod('client', 'ping', '-c', '1', '-W', '5', '10.99.0.200')).resolves.toContain('0% packet loss')
    await cluster.removeExternalMachine('peer')
    await expect(namespacesInUse()).resolves.not.toContain('gm-ext-peer')
  })

  test('works with both helm versions', async () => {
    await expect(cluster.helm(['list', '-A', '-o', 'json'])).resolves.toBe('[]\n')
    await expect(cluster.helm(['list', '-A', '-o', 'json'], { version: 4 })).resolves.toBe('[]\n')
  })

  test('forwards a Service to the loopback interface until it is closed', async () => {
    const service = await cluster.openService('default/kubernetes:443')
    const agent = new Agent({ rejectUnauthorized: false })
    const answer = await new Promise<string>((resolve, reject) => {
      get(`${service.url}/version`, { agent }, (response) => resolve(text(response))).on('error', reject)
    })
    expect(JSON.parse(answer)).toMatchObject({ major: '1', minor: '34' })
    await service.close()
    await expect(fetch(service.url)).rejects.toThrow()
    await expect(cluster.openService('default/missing')).rejects.toThrow(/Service default\/missing not found/)
  })
})

describe('a capture', () => {
  test('is empty without outside traffic, and otherwise names the senders', async () => {
    await cluster.startCapture()
    await inPod('client', 'nslookup', 'kubernetes.default.svc.cluster.local')
    await expect(cluster.stopCapture()).resolves.toEqual([])

    await cluster.startCapture()
    await expect(inPod('client', 'nc', '-w', '1', '192.0.2.7', '443')).rejects.toThrow()
    await cluster.onNode('node1', ['bash', '-c', 'echo hello >/dev/udp/198.51.100.9/123'])
    const packets = await cluster.stopCapture()
    expect(packets).toContainEqual(expect.objectContaining({ namespace: 'gm-node2', destination: '192.0.2.7.443' }))
    expect(packets).toContainEqual(expect.objectContaining({ namespace: 'gm-node1', destination: '198.51.100.9.123' }))
  })
})

describe('a registry', () => {
  test('serves images only with the password', async () => {
    const registry = await cluster.startRegistry()
    const certificates = join(stateFolder, 'registry', 'trusted')
    await mkdir(certificates)
    await copyFile(registry.caFile, join(certificates, 'ca.crt'))
    const image = `${registry.address}/team/shell:1`
    const credentials = ['--dest-creds', `${registry.user}:${registry.password}`, '--dest-cert-dir', certificates]
    const archive = `docker-archive:${join(stateFolder, 'images', 'helper.tar')}`
    await cluster.runInside(['skopeo', 'copy', '--insecure-policy', ...credentials, archive, `docker://${image}`])
    const login = [`--docker-server=${registry.address}`, `--docker-username=${registry.user}`, `--docker-password=${registry.password}`]
    await cluster.kubectl(['create', 'secret', 'docker-registry', 'pull', ...login])

    await apply(aPod({ name: 'stranger', image }), aPod({ name: 'member', image, pullSecret: 'pull' }))
    await waitReady('member')
    await waitFor(async () => expect(await cluster.kubectl(['describe', 'pod', 'stranger'])).toMatch(/401 Unauthorized/), 60_000)
    await cluster.kubectl(['delete', 'pod', 'stranger', 'member'])
  })
})

describe('failure and recovery', () => {
  test('loads images into every node', async () => {
    await cluster.loadImages(join(stateFolder, 'images', 'pause.tar'))
    for (const node of ['node1', 'node2'] as const) {
      await expect(cluster.ctr(node, ['images', 'list', '-q'])).resolves.toContain('guardimesh-cluster.local/pause:1')
    }
  })

  test('recovers after an outage of etcd and a restart of the API server', async () => {
    await cluster.stop('etcd')
    await expect(cluster.kubectl(['get', 'nodes', '--request-timeout=3s'])).rejects.toThrow()
    await cluster.start('etcd')
    await cluster.restart('apiserver')
    await waitFor(async () => expect(await nodeConditions()).toEqual({ node1: 'True', node2: 'True' }), 90_000)
  })

  test('marks a node NotReady after a power failure, and keeps its disk and pods when it returns', async () => {
    await cluster.onNode('node1', ['bash', '-c', 'echo before >/var/lib/guardimesh/file'])
    await cluster.stop('node1')
    await expect(cluster.onNode('node1', ['true'])).rejects.toThrow(/node1 is not running/)
    await waitFor(async () => expect(await nodeConditions()).toEqual({ node1: 'Unknown', node2: 'True' }), 90_000)
    await cluster.start('node1')
    await waitFor(async () => expect(await nodeConditions()).toEqual({ node1: 'True', node2: 'True' }), 90_000)
    const restarts = ['get', 'pod', 'server', '-o', 'jsonpath={.status.containerStatuses[0].restartCount}']
    await waitFor(async () => expect(await cluster.kubectl(restarts)).toBe('1'), 90_000)
    await waitReady('server')
    await expect(inPod('server', 'hostname')).resolves.toBe('server\n')
    await expect(cluster.onNode('node1', ['cat', '/var/lib/guardimesh/file'])).resolves.toBe('before\n')
    await expect(cluster.onNode('node2', ['ls', '/var/lib/guardimesh'])).resolves.toBe('')
  })
})

describe('down', () => {
  test('leaves no process, namespace, control group, disk or file behind', async () => {
    await cluster.down()
    await expect(namespacesInUse()).resolves.toEqual([])
    await expect(access(stateFolder)).rejects.toThrow(/ENOENT/)
    const disks = await runChecked('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'])
    expect(disks).not.toContain(stateFolder)
    const groups = await runChecked('find', ['/sys/fs/cgroup/', '-maxdepth', '2', '-name', 'gm-node*'])
    expect(groups).toBe('')
    const processes = await runChecked('ps', ['-eo', 'args'])
    expect(processes).not.toContain(stateFolder)
    await cluster.down()
  })
})
