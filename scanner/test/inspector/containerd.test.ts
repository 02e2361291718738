import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, InspectorProcess } from './inspector.fixture.js'

let folder: string
let containerd: RunningContainerd
let inspector: InspectorProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gm-ctd-'))
  containerd = await startContainerd({ folder })
  inspector = new InspectorProcess(containerd.endpoint)
})
afterAll(async () => {
  await inspector[Symbol.asyncDispose]()
  await containerd.stop()
  rmSync(folder, { recursive: true, force: true })
})

const reachable = () =>
  eventually(async () => {
    const { runtime } = await inspector.client.ask({ getRuntime: {} })
    return runtime?.reachable ? runtime : undefined
  })

test('reports the configured runtime and the reason for the choice', async () => {
  const runtime = await reachable()
  expect(runtime).toMatchObject({ kind: 'containerd', endpoint: containerd.endpoint, error: '' })
  expect(runtime.version).toMatch(/^v?1\.6\./)
  expect(runtime.reason).toBe(`containerd at ${containerd.socketPath} was chosen because the setting RUNTIME_ENDPOINT names it.`)
})

test('reports the start of a pod with all details, and its end', async () => {
  const stop = new AbortController()
  const changes = inspector.watch(stop.signal)
  await eventually(() => changes.some(({ synced }) => synced))
  const volume = mkdtempSync(join(tmpdir(), 'gm-vol-'))
  const pod = await containerd.runPod({
    name: 'web',
    namespace: 'shop',
    containerName: 'server',
    mounts: [{ hostPath: volume, containerPath: '/data', isReadOnly: true }],
    command: ['/bin/sh', '-c', 'sleep 1000'],
  })
  const startedAtMs = Date.now()
  const info = await eventually(() => changes.find(({ started }) => started?.containerId === pod.containerId)?.started)
  expect(info).toMatchObject({
    containerName: 'server',
    namespace: 'shop',
    podName: 'web',
    pid: pod.pid,
    snapshotter: 'overlayfs',
    unsupportedReason: '',
    sandbox: false,
  })
  expect(info.podUid).not.toBe('')
  expect(info.image).not.toBe('')
  expect(info.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(Math.abs(Number(info.startedAtMs) - startedAtMs)).toBeLessThan(10_000)
  expect(info.mounts).toContainEqual(expect.objectContaining({ source: volume, destination: '/data', readOnly: true }))
  await pod.exec(['/bin/sh', '-c', 'echo here > /tmp-file'])
  expect(readFileSync(join(info.upperdir as string, 'tmp-file'), 'utf8')).toBe('here\n')
  expect(info.lowerdirs?.some((lowerdir) => existsSync(join(lowerdir, 'bin/busybox')))).toBe(true)
  expect(info.layerDigests?.map((digest) => digest.slice(0, 7))).toEqual(info.lowerdirs?.map(() => 'sha256:'))
  // The infrastructure container of the pod is not reported.
  expect(changes.filter(({ started }) => started).map(({ started }) => started?.containerId)).toEqual([pod.containerId])
  await pod.remove()
  await eventually(() => changes.some(({ stoppedContainerId }) => stoppedContainerId === pod.containerId))
  stop.abort()
  rmSync(volume, { recursive: true })
})

test('finds a container by an id prefix, and rejects unknown and empty ids', async () => {
  const pods = [await containerd.runPod({ name: 'a', namespace: 'n' }), await containerd.runPod({ name: 'b', namespace: 'n' })]
  const { containerId } = pods[0] as (typeof pods)[0]
  const { container } = await eventually(() => inspector.client.ask({ getContainer: { containerId: containerId.slice(0, 12) } }))
  expect(container).toMatchObject({ containerId, podName: 'a' })
  await expect(inspector.client.ask({ getContainer: { containerId: 'nothing' } })).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' })
  await expect(inspector.client.ask({ getContainer: { containerId: '' } })).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' })
  await expect(inspector.client.ask({})).rejects.toMatchObject({ code: 'FRAME_INVALID' })
  const { containers } = await eventually(async () => {
    const answer = await inspector.client.ask({ listContainers: {} })
    return answer.containers?.containers?.length === 2 ? answer : undefined
  })
  expect(containers?.containers?.map(({ podName }) => podName).sort()).toEqual(['a', 'b'])
  for (const pod of pods) await pod.remove()
})

test('exposes the state of the runtime in readiness and metrics', async () => {
  await reachable()
  expect((await inspector.probe('/readyz')).status).toBe(200)
  const { body } = await inspector.probe('/metrics')
  expect(body).toContain('guardimesh_inspector_runtime_reachable 1')
  expect(body).toMatch(/guardimesh_inspector_syncs_total [1-9]/)
})

test('receives events from any version of the runtime instead of polling', async () => {
  await reachable()
  const syncs = async () => /^guardimesh_inspector_syncs_total (\d+)$/m.exec((await inspector.probe('/metrics')).body)?.[1]
  await wait(500)
  const before = await syncs()
  await wait(2_500)
  expect(await syncs()).toBe(before)
})

test('reports the same containers after SIGKILL and a restart', async () => {
  const pod = await containerd.runPod({ name: 'stays', namespace: 'n' })
  await inspector.kill()
  inspector.restart()
  const { container } = await eventually(() => inspector.client.ask({ getContainer: { containerId: pod.containerId } }))
  expect(container).toMatchObject({ podName: 'stays', pid: pod.pid })
  await pod.remove()
})

test('exits on SIGTERM while a client watches', async () => {
  const changes = inspector.watch(new AbortController().signal)
  await eventually(() => changes.some(({ synced }) => synced))
  expect(await inspector.terminate()).toBe(0)
  inspector.restart()
  await reachable()
})

test('keeps the containers while the runtime is down, and reports the changes after its restart', async () => {
  const staying = await containerd.runPod({ name: 'staying', namespace: 'n' })
  const stop = new AbortController()
  const changes = inspector.watch(stop.signal)
  await eventually(() => changes.some(({ started }) => started?.containerId === staying.containerId))
  process.kill(containerd.pid, 'SIGKILL')
  const lost = await eventually(async () => {
    const { runtime } = await inspector.client.ask({ getRuntime: {} })
    return runtime?.reachable ? undefined : runtime
  })
  expect(lost.error).not.toBe('')
  expect((await inspector.probe('/readyz')).status).toBe(503)
  const { containers } = await inspector.client.ask({ listContainers: {} })
  expect(containers?.containers?.map(({ podName }) => podName)).toEqual(['staying'])

  // The container exits while the runtime is down.
  process.kill(staying.pid, 'SIGKILL')
  const again = spawn('containerd', ['--config', join(folder, 'containerd.toml')], { stdio: 'ignore' })
  try {
    await reachable()
    await eventually(() => changes.some(({ stoppedContainerId }) => stoppedContainerId === staying.containerId))
    const later = await eventually(() => containerd.runPod({ name: 'later', namespace: 'n' }))
    await eventually(() => changes.some(({ started }) => started?.containerId === later.containerId))
    expect(changes.filter(({ synced }) => synced)).toHaveLength(1)
    for (const pod of [later, staying]) await pod.remove()
  } finally {
    stop.abort()
    again.kill('SIGKILL')
    await once(again, 'exit')
  }
})
