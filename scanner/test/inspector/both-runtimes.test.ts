import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRuntime } from '@guardimesh/scanner/processes/inspector/connect-runtime.js'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import { type RunningDockerd, startDockerd } from '@guardimesh/testbed/dockerd.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Root of a node with sockets at the usual paths and the processes of this machine. */
let host: string
let containerd: RunningContainerd
let dockerd: RunningDockerd
beforeAll(async () => {
  host = mkdtempSync(join(tmpdir(), 'gm-both-'))
  containerd = await startContainerd({ folder: join(host, 'c') })
  dockerd = await startDockerd({ folder: join(host, 'd') })
  mkdirSync(join(host, 'run/containerd'), { recursive: true })
  symlinkSync('/proc', join(host, 'proc'))
  symlinkSync(containerd.socketPath.replace(host, ''), join(host, 'run/containerd/containerd.sock'))
  symlinkSync(dockerd.socketPath.replace(host, ''), join(host, 'run/docker.sock'))
})
afterAll(async () => {
  await dockerd.stop()
  await containerd.stop()
  rmSync(host, { recursive: true, force: true })
})

async function connectedRuntime() {
  const { runtime, certain, endpoint, reason } = await connectRuntime(host, undefined)
  runtime[Symbol.dispose]()
  return { kind: runtime.kind, certain, endpoint, reason }
}

test('chooses the first runtime with containers without a kubelet, although the containerd of Docker responds too', async () => {
  expect(await connectedRuntime()).toMatchObject({ kind: 'containerd', certain: false, endpoint: 'unix:///run/containerd/containerd.sock' })
  const container = await dockerd.run({ name: 'busy', command: ['/bin/sh', '-c', 'sleep 1000'] })
  expect(await connectedRuntime()).toEqual({
    kind: 'docker',
    certain: false,
    endpoint: 'unix:///run/docker.sock',
    reason:
      'docker at /run/docker.sock was chosen because no kubelet names another one, and the socket of Docker exists, and it runs containers.',
  })
  const pod = await containerd.runPod({ name: 'busy', namespace: 'n', command: ['/bin/sh', '-c', 'sleep 1000'] })
  expect(await connectedRuntime()).toMatchObject({ kind: 'containerd' })
  await pod.remove()
  await container.remove()
})
