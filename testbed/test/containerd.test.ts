import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningContainerd, startContainerd } from '../src/containerd.js'
import { DEMO_IMAGE, shellFiles } from '../src/demo-image.js'
import { eicarBytes, eicarShellCommand } from '../src/eicar.js'
import { mountsBelow } from '../src/leftovers.js'
import { buildImage } from '../src/oci-image.js'
import type { RunningPod } from '../src/pod.js'
import { identityOf } from '../src/process-identity.js'
import { temporaryFolder } from '../src/temporary-folder.js'
import { processesNaming, upperFolderOf } from './runtime-facts.js'

let root: string
let folder: string
let running: RunningContainerd

beforeAll(async () => {
  root = await temporaryFolder('ctr-test')
  folder = join(root, 'containerd')
  running = await startContainerd({ folder })
})
afterAll(async () => {
  await running.stop()
  await rm(root, { recursive: true, force: true })
})

describe('a pod', () => {
  let pod: RunningPod
  beforeAll(async () => {
    const shared = join(root, 'shared')
    await mkdir(shared)
    await writeFile(join(shared, 'note'), 'from the machine')
    const mounts = [{ hostPath: shared, containerPath: '/shared', isReadOnly: true }]
    pod = await running.runPod({ name: 'demo', namespace: 'default', containerName: 'main', mounts })
  })
  afterAll(() => pod.remove())

  test('runs its first process on this machine', async () => {
    // The container is reported as started just before it executes the program.
    const commandLine = () => readFile(`/proc/${pod.pid}/cmdline`, 'utf8')
    await expect.poll(commandLine, { timeout: 10_000 }).toBe(['/bin/sleep', '2147483647', ''].join('\0'))
    expect(await readFile(`/proc/${pod.pid}/cgroup`, 'utf8')).toContain(pod.containerId)
  })

  test('runs commands and returns exit code and both outputs', async () => {
    const result = await pod.exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])
    expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' })
  })

  test('passes standard input to a command', async () => {
    expect(await pod.exec(['cat'], 'typed in')).toEqual({ exitCode: 0, stdout: 'typed in', stderr: '' })
  })

  test('writes to an overlay whose writable layer is on this machine', async () => {
    expect((await pod.exec(['sh', '-c', eicarShellCommand('/tmp/dropped')])).exitCode).toBe(0)
    expect(await readFile(join(await upperFolderOf(pod.pid), 'tmp/dropped'))).toEqual(eicarBytes())
  })

  test('has the applets that tests use', async () => {
    const script =
      'mkfifo /tmp/pipe && ln -s /etc /tmp/link && cp /bin/busybox /tmp/busybox-copy && /tmp/busybox-copy true && mknod /tmp/null c 1 3 && sleep 0.01'
    expect(await pod.exec(['sh', '-c', script])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  test('reads its mounts and cannot write to a read-only one', async () => {
    expect((await pod.exec(['cat', '/shared/note'])).stdout).toBe('from the machine')
    expect((await pod.exec(['touch', '/shared/new'])).stderr).toContain('Read-only file system')
  })
})

test('reports the message of the runtime for a missing command, and removes the pod', async () => {
  const started = running.runPod({ name: 'broken', namespace: 'default', command: ['/no/such/program'] })
  await expect(started).rejects.toThrow('/no/such/program')
  await expect(started).rejects.toMatchObject({ name: 'CriError' })
  const again = await running.runPod({ name: 'broken', namespace: 'default' })
  await again.remove()
})

test('imports an image without a registry', async () => {
  const name = 'localhost/guardimesh/own:7'
  const files = [...(await shellFiles()), { path: '/opt/own/say', content: '#!/bin/sh\necho "said $WORD"\n', mode: 0o755 }]
  const command = ['/bin/sh', '-c', '/opt/own/say > /tmp/said; exec sleep 1000']
  await running.importImage(await buildImage({ name, files, command, env: { WORD: 'hello' }, archiveFile: join(root, 'own.tar') }), name)
  const pod = await running.runPod({ name: 'own', namespace: 'other', image: name })
  await expect.poll(async () => (await pod.exec(['cat', '/tmp/said'])).stdout).toBe('said hello\n')
  await pod.remove()
  expect(identityOf(pod.pid)).toBeUndefined()
})

test('stops without leftover processes and mounts', async () => {
  const pod = await running.runPod({ name: 'left', namespace: 'default' })
  await running.stop()
  await running.stop()
  expect(identityOf(pod.pid)).toBeUndefined()
  expect(identityOf(running.pid)).toBeUndefined()
  expect(processesNaming(folder)).toEqual([])
  expect(await mountsBelow(folder)).toEqual([])
  expect(await readdir(folder)).toEqual(['containerd.log'])
  running = await startContainerd({ folder })
})

test.each([
  { name: 'only containerd was killed', killsShim: false },
  { name: 'its shims were killed too', killsShim: true },
])('the next start removes leftovers when $name', async ({ killsShim }) => {
  const pod = await running.runPod({ name: 'orphan', namespace: 'default', image: DEMO_IMAGE })
  const shimPid = Number(/^PPid:\t(\d+)$/m.exec(await readFile(`/proc/${pod.pid}/status`, 'utf8'))?.[1])
  process.kill(running.pid, 'SIGKILL')
  if (killsShim) process.kill(shimPid, 'SIGKILL')
  expect(identityOf(pod.pid)).toBeDefined()
  running = await startContainerd({ folder })
  expect(identityOf(pod.pid)).toBeUndefined()
  expect(identityOf(shimPid)).toBeUndefined()
  expect(await mountsBelow(folder)).toEqual([])
  const fresh = await running.runPod({ name: 'orphan', namespace: 'default' })
  expect((await fresh.exec(['true'])).exitCode).toBe(0)
  await fresh.remove()
})
