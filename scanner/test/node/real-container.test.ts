import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openFileEvents } from '@guardimesh/scanner/node/fanotify.js'
import { openBeneath, openRoot } from '@guardimesh/scanner/node/kernel.js'
import { readMounts } from '@guardimesh/scanner/node/mounts.js'
import { readRootFileSystem } from '@guardimesh/scanner/node/overlay-mounts.js'
import { ProcReader } from '@guardimesh/scanner/node/proc.js'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let containerd: RunningContainerd
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gm-real-'))
  containerd = await startContainerd({ folder })
})
afterAll(async () => {
  await containerd.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('reports events of two pods with container or volume, path and open file, and reads layers and processes', async () => {
  const volume = mkdtempSync(join(tmpdir(), 'gm-realvol-'))
  const mounts = [{ hostPath: volume, containerPath: '/data' }]
  const command = ['/bin/sh', '-c', 'sleep 1000 & sleep 1000']
  const one = await containerd.runPod({ name: 'one', namespace: 'n', command, mounts })
  const two = await containerd.runPod({ name: 'two', namespace: 'n', command })
  const seen: { path: string; device: bigint; mountId: number; content: string }[] = []
  using events = openFileEvents({
    hostRoot: '/',
    onOverflow: () => undefined,
    onEvents: (batch) => {
      for (const event of batch) {
        using open = event
        if (open.kind !== 'written') continue
        seen.push({ path: open.path.toString(), device: open.device, mountId: open.mountId, content: readFileSync(open.fd, 'utf8') })
      }
    },
  })
  const watchOne = events.watchContainer(one.pid)
  const watchTwo = events.watchContainer(two.pid)
  const data = readMounts('/', one.pid)?.find(({ mountPoint }) => mountPoint.toString() === '/data')
  if (!data) throw new Error('the pod has no volume')
  const watchVolume = events.watchMount(one.pid, data, 'mount')
  await one.exec(['/bin/sh', '-c', 'echo 1 > /tmp/one; echo v > /data/in-volume'])
  await two.exec(['/bin/sh', '-c', 'echo 2 > /two'])
  // Writes of the node through its own mount of the overlay are reported with the path in the container.
  const rootfs = join(folder, 'state/io.containerd.runtime.v2.task/k8s.io', two.containerId, 'rootfs')
  execFileSync('sh', ['-c', `echo n > ${rootfs}/by-node`])
  for (let attempt = 0; attempt < 100 && seen.length < 4; attempt++) await wait(20)
  const found = (path: string) => seen.find((event) => event.path === path)
  expect(found('/tmp/one')).toMatchObject({ device: watchOne.device, content: '1\n' })
  expect(found('/two')).toMatchObject({ device: watchTwo.device, content: '2\n' })
  expect(found('/by-node')).toMatchObject({ device: watchTwo.device, content: 'n\n' })
  expect(found('/data/in-volume')).toMatchObject({ mountId: watchVolume.mountId, content: 'v\n' })

  const root = readRootFileSystem('/', two.pid)
  if (root?.kind !== 'overlay') throw new Error('the root of the pod is not an overlay')
  const upperFd = openRoot('/', root.layers.upperdir)
  expect(readFileSync(openBeneath(upperFd, Buffer.from('/two')), 'utf8')).toBe('2\n')

  const proc = new ProcReader('/')
  for (const [containerId, pids] of proc.processesOf([one, two])) {
    expect(pids).toContain(containerId === one.containerId ? one.pid : two.pid)
    // The shell executes its last command in its own process.
    expect(pids.map((pid) => proc.readProcess(pid)?.commandLine.toString())).toEqual(['sleep 1000', 'sleep 1000'])
  }
  await one.remove()
  await two.remove()
  rmSync(volume, { recursive: true })
})
