import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningDockerd, startDockerd } from '@guardimesh/testbed/dockerd.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, InspectorProcess } from './inspector.fixture.js'

let folder: string
let dockerd: RunningDockerd
let inspector: InspectorProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gm-dkr-'))
  dockerd = await startDockerd({ folder })
  inspector = new InspectorProcess(`unix://${dockerd.socketPath}`)
})
afterAll(async () => {
  await inspector[Symbol.asyncDispose]()
  await dockerd.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('connects to Docker through the Docker API', async () => {
  const runtime = await eventually(async () => {
    const answer = await inspector.client.ask({ getRuntime: {} })
    return answer.runtime?.reachable ? answer.runtime : undefined
  })
  expect(runtime).toMatchObject({ kind: 'docker', endpoint: `unix://${dockerd.socketPath}` })
  expect(runtime.version).toMatch(/^\d+\./)
})

test('reports the start of a container with all details, and its end', async () => {
  const stop = new AbortController()
  const changes = inspector.watch(stop.signal)
  await eventually(() => changes.some(({ synced }) => synced))
  const container = await dockerd.run({ name: 'shop-web', command: ['/bin/sh', '-c', 'sleep 1000'] })
  const startedAtMs = Date.now()
  const info = await eventually(() => changes.find(({ started }) => started?.containerId === container.containerId)?.started)
  expect(info).toMatchObject({
    containerName: 'shop-web',
    namespace: '',
    podName: '',
    pid: container.pid,
    snapshotter: 'overlay2',
    unsupportedReason: '',
    sandbox: false,
  })
  expect(info.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(Math.abs(Number(info.startedAtMs) - startedAtMs)).toBeLessThan(10_000)
  await container.exec(['/bin/sh', '-c', 'echo here > /tmp-file'])
  expect(readFileSync(join(info.upperdir as string, 'tmp-file'), 'utf8')).toBe('here\n')
  expect(info.lowerdirs?.some((lowerdir) => existsSync(join(lowerdir, 'bin/busybox')))).toBe(true)
  // The topmost layer is Docker's own, for the mount points of the container.
  expect(info.layerDigests?.map((digest) => digest.slice(0, 7))).toEqual(['', ...(info.lowerdirs?.slice(1).map(() => 'sha256:') ?? [])])
  process.kill(container.pid, 'SIGKILL')
  await eventually(() => changes.some(({ stoppedContainerId }) => stoppedContainerId === container.containerId))
  // Docker keeps the id of a restarted container, which is reported again with its new process.
  execFileSync('docker', ['--host', `unix://${dockerd.socketPath}`, 'start', container.containerId])
  await eventually(() => changes.some(({ started }) => started?.containerId === container.containerId && started.pid !== container.pid))
  stop.abort()
})

test('reports containers of Kubernetes with their pod, and marks infrastructure containers', async () => {
  const labels = {
    'io.kubernetes.container.name': 'server',
    'io.kubernetes.pod.name': 'web',
    'io.kubernetes.pod.namespace': 'shop',
    'io.kubernetes.pod.uid': 'uid-1',
  }
  const container = await dockerd.run({ name: 'k8s_server_web_shop', labels: { ...labels, 'io.kubernetes.docker.type': 'container' } })
  const sandbox = await dockerd.run({ name: 'k8s_POD_web_shop', labels: { ...labels, 'io.kubernetes.docker.type': 'podsandbox' } })
  const describe = (containerId: string) =>
    eventually(async () => (await inspector.client.ask({ getContainer: { containerId } })).container)
  expect(await describe(container.containerId)).toMatchObject({
    containerName: 'server',
    podName: 'web',
    namespace: 'shop',
    podUid: 'uid-1',
    sandbox: false,
  })
  expect(await describe(sandbox.containerId)).toMatchObject({ sandbox: true })
})
