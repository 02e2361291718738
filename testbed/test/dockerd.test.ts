import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shellFiles } from '../src/demo-image.js'
import { type RunningDockerd, startDockerd } from '../src/dockerd.js'
import { eicarBytes, eicarShellCommand } from '../src/eicar.js'
import { mountsBelow } from '../src/leftovers.js'
import { buildImage } from '../src/oci-image.js'
import { identityOf } from '../src/process-identity.js'
import { temporaryFolder } from '../src/temporary-folder.js'
import { processesNaming, upperFolderOf } from './runtime-facts.js'

let root: string
let folder: string
let running: RunningDockerd

beforeAll(async () => {
  root = await temporaryFolder('dkr-test')
  folder = join(root, 'docker')
  running = await startDockerd({ folder })
})
afterAll(async () => {
  await running.stop()
  await rm(root, { recursive: true, force: true })
})

test('runs commands in a container that writes to an overlay on this machine', async () => {
  const container = await running.run({ name: 'demo', labels: { role: 'demo' } })
  expect(await readFile(`/proc/${container.pid}/cgroup`, 'utf8')).toContain(container.containerId)
  const result = await container.exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])
  expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' })
  expect((await container.exec(['sh', '-c', eicarShellCommand('/tmp/dropped')])).exitCode).toBe(0)
  expect(await readFile(join(await upperFolderOf(container.pid), 'tmp/dropped'))).toEqual(eicarBytes())
  await container.remove()
  expect(identityOf(container.pid)).toBeUndefined()
})

test('returns output longer than one frame of the stream', async () => {
  const container = await running.run({ name: 'long' })
  const { stdout } = await container.exec(['sh', '-c', 'yes 123456789 | head -n 50000'])
  expect(stdout).toBe('123456789\n'.repeat(50_000))
  await container.remove()
})

test('runs a container without network and without firewall rules on the machine', async () => {
  const container = await running.run({ name: 'alone' })
  const { stdout } = await container.exec(['ip', '-o', 'link'])
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(stdout).toContain('lo:')
  expect(await readdir('/sys/class/net')).not.toContain('docker0')
  await container.remove()
})

test('loads the archive that containerd imports', async () => {
  const name = 'localhost/guardimesh/own:7'
  const files = [...(await shellFiles()), { path: '/opt/own/say', content: '#!/bin/sh\necho "said $WORD"\n', mode: 0o755 }]
  const command = ['/bin/sh', '-c', '/opt/own/say > /tmp/said; exec sleep 1000']
  await running.loadImage(await buildImage({ name, files, command, env: { WORD: 'hello' }, archiveFile: join(root, 'own.tar') }))
  const container = await running.run({ name: 'own', image: name })
  await expect.poll(async () => (await container.exec(['cat', '/tmp/said'])).stdout).toBe('said hello\n')
  await container.remove()
})

test('reports the message of Docker, and removes the container', async () => {
  const broken = { name: 'broken', command: ['/no/such/program'] }
  await expect(running.run(broken)).rejects.toThrow('/no/such/program')
  await expect(running.run(broken)).rejects.toThrow(/^Docker returned 4\d\d for POST/)
  await expect(running.run({ name: 'other', image: 'localhost/no/such:1' })).rejects.toThrow('No such image')
})

test('stops without leftover processes and mounts', async () => {
  const container = await running.run({ name: 'left' })
  await running.stop()
  await running.stop()
  expect(identityOf(container.pid)).toBeUndefined()
  expect(processesNaming(folder)).toEqual([])
  expect(await mountsBelow(folder)).toEqual([])
  expect(await readdir(folder)).toEqual(['dockerd.log'])
  running = await startDockerd({ folder })
})

test('the next start removes leftovers of a killed daemon', async () => {
  const container = await running.run({ name: 'orphan' })
  process.kill(running.pid, 'SIGKILL')
  expect(identityOf(container.pid)).toBeDefined()
  running = await startDockerd({ folder })
  expect(identityOf(container.pid)).toBeUndefined()
  const fresh = await running.run({ name: 'orphan' })
  expect((await fresh.exec(['true'])).exitCode).toBe(0)
  await fresh.remove()
})
