import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ContainerInfoMessage, type Draft, messages } from '@guardimesh/contracts'
import { createLogger, serveUnixSocket } from '@guardimesh/kit'
import { readRootFileSystem } from '@guardimesh/scanner/node/overlay-mounts.js'
import { ScannerEvents } from '@guardimesh/scanner/processes/scanner/events/scanner-events.js'
import { ContainerWatcher } from '@guardimesh/scanner/processes/scanner/remote/container-watcher.js'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** Answers of a process that has replaced the socket of the inspector. */

let folder: string
let containerd: RunningContainerd
let pod: RunningPod
let layers: { upperdir: string; lowerdirs: string[] }
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gm-forged-'))
  containerd = await startContainerd({ folder: join(folder, 'cd') })
  pod = await containerd.runPod({ name: 'web', namespace: 'shop' })
  const root = readRootFileSystem('/', pod.pid)
  if (root?.kind !== 'overlay') throw new Error('the root of the pod is not an overlay')
  layers = { upperdir: root.layers.upperdir, lowerdirs: [...root.layers.lowerdirs] }
})
afterAll(async () => {
  await containerd.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Returns the container that the scanner accepts when the socket answers with these facts. */
async function accepted(forged: Draft<'ContainerInfo'>): Promise<ContainerInfoMessage> {
  const socketPath = join(folder, 'inspector.sock')
  const log = createLogger('test', 'silent')
  const stop = new AbortController()
  const events = new ScannerEvents()
  const started = vi.fn<(container: ContainerInfoMessage) => void>()
  events.on('containerStarted', started)
  const server = await serveUnixSocket({
    socketPath,
    log,
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    handle: async ({ requestId }, send) =>
      send({ requestId, change: { started: { containerId: 'forged', ...layers, pid: pod.pid, ...forged } } }),
  })
  using watcher = new ContainerWatcher({ hostRoot: '/', socketPath, log, events })
  const run = watcher.run(stop.signal)
  await vi.waitFor(() => expect(started).toHaveBeenCalled(), 15_000)
  stop.abort()
  await run
  await new Promise((closed) => server.close(closed))
  return started.mock.calls[0]?.[0] as ContainerInfoMessage
}

test('accepts the layers that the overlay of the container has', async () => {
  expect(await accepted({})).toMatchObject({ ...layers, unsupportedReason: '' })
})

test.each([
  '/',
  '/etc',
  '/root',
  '/home',
  '/home/user',
  '/var/lib/kubelet',
  '/var/lib/kubelet/pods',
  '/srv/data',
  '/tmp/../etc',
  'relative',
])('rejects the writable layer %s', async (upperdir) => {
  expect(await accepted({ upperdir })).toMatchObject({
    upperdir: '',
    lowerdirs: [],
    unsupportedReason: expect.stringMatching(/rejected: /),
  })
})

test('rejects a layer that the overlay does not have, and processes of the node', async () => {
  const rejected = { upperdir: '', lowerdirs: [], unsupportedReason: expect.stringMatching(/rejected: /) }
  expect(await accepted({ lowerdirs: [...layers.lowerdirs, '/srv'] })).toMatchObject(rejected)
  expect(await accepted({ pid: process.pid })).toMatchObject(rejected)
})
