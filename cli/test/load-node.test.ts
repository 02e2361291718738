import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { IMAGE_NAMES, imageReference, imageTag } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import { type CriClient, connectCri } from '@guardimesh/testbed/cri-client.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askRuntime } from '../src/doctor/runtime-socket.js'
import { runCli } from '../src/run-cli.js'
import { type BundleParts, buildFrom, makeParts } from './fixture/bundle-parts.js'
import { captureOutput } from './fixture/capture-output.js'

let folder: string
let runtimeFolder: string
let parts: BundleParts
let bundle: string
let containerd: RunningContainerd
let cri: CriClient

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-load-'))
  parts = await makeParts(folder)
  bundle = (await buildFrom(parts, join(folder, 'out')))[0] ?? ''
  runtimeFolder = await temporaryFolder('cli-containerd')
  containerd = await startContainerd({ folder: runtimeFolder })
  cri = connectCri(containerd.endpoint)
})
afterAll(async () => {
  cri?.close()
  await containerd?.stop()
  for (const one of [folder, runtimeFolder]) if (one) rmSync(one, { recursive: true, force: true })
})

const load = (...args: string[]) => captureOutput(() => runCli(['bundle', 'load', bundle, '--public-key', parts.publicKeyFile, ...args]))
const ctr = (...args: string[]) => runChecked('ctr', ['--address', containerd.socketPath, '--namespace', 'k8s.io', 'images', ...args])

test('loads images into containerd, from which pods start by digest without a registry', async () => {
  await containerd.importImage(join(folder, 'backend.tar'), 'localhost/backend:1')
  await ctr('tag', 'localhost/backend:1', 'guardimesh.local/backend:0.0.1')
  await ctr('label', 'guardimesh.local/backend:0.0.1', 'io.cri-containerd.pinned=pinned')
  const first = await load('--containerd', containerd.socketPath)
  expect(first.stdout.match(/^loaded guardimesh\.local/gm)).toHaveLength(7)
  for (const name of IMAGE_NAMES)
    for (const reference of [imageReference(parts.table, name, undefined), imageTag(parts.table, name, undefined)])
      await expect
        .poll(async () => (await cri.images.imageStatus({ image: { image: reference } })).image?.id, { timeout: 10_000 })
        .toMatch(/^sha256:/)
  const pod = await containerd.runPod({ name: 'loaded', namespace: 'default', image: imageReference(parts.table, 'scanner', undefined) })
  expect((await pod.exec(['/bin/busybox', 'cat', '/name'])).stdout.toString()).toBe('scanner')
  expect((await load('--containerd', containerd.socketPath)).stdout.match(/^exists /gm)).toHaveLength(7)
})

test('pins the loaded images and unpins those of other versions', async () => {
  const listed = await ctr('list')
  const pinned = listed.split('\n').filter((line) => line.includes('io.cri-containerd.pinned=pinned'))
  expect(pinned.map((line) => line.split(' ')[0]).toSorted()).toEqual(
    IMAGE_NAMES.flatMap((name) => [imageReference(parts.table, name, undefined), imageTag(parts.table, name, undefined)]).toSorted(),
  )
})

/** Programs that contain `ctr` as a command. */
const MULTI_CALL = '#!/bin/sh\n[ "$1" = ctr ] || exit 9\nshift\nexec ctr "$@"\n'

test.each([
  { flag: '--k3s', socket: 'run/k3s/containerd/containerd.sock', client: 'usr/local/bin/k3s', content: MULTI_CALL },
  { flag: '--rke2', socket: 'run/k3s/containerd/containerd.sock', client: 'var/lib/rancher/rke2/bin/ctr' },
  { flag: '--k0s', socket: 'run/k0s/containerd.sock', client: 'usr/local/bin/k0s', content: MULTI_CALL },
  { flag: '--microk8s', socket: 'var/snap/microk8s/common/run/containerd.sock', client: 'snap/bin/microk8s', content: MULTI_CALL },
  { flag: '--microk8s', socket: 'var/snap/microk8s/common/run/containerd.sock', client: 'snap/microk8s/current/bin/ctr' },
  { flag: '--k3s', socket: 'run/k3s/containerd/containerd.sock', client: undefined },
])('loads images with $flag through $client', async ({ flag, socket, client, content }) => {
  const hostRoot = mkdtempSync(join(folder, 'root-'))
  const place = (path: string) => {
    mkdirSync(dirname(join(hostRoot, path)), { recursive: true })
    return join(hostRoot, path)
  }
  symlinkSync(containerd.socketPath, place(socket))
  if (client !== undefined) {
    const program = content ?? `#!/bin/sh\ntouch ${hostRoot}/used\nexec ctr "$@"\n`
    writeFileSync(place(client), program.replace('shift\n', `shift; touch ${hostRoot}/used\n`), { mode: 0o755 })
  }
  await ctr('remove', imageReference(parts.table, 'backend', undefined))
  const done = await load(flag, '--host-root', hostRoot)
  expect(done, done.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^loaded guardimesh\.local\/backend@/m) })
  expect(done.stdout.match(/^exists /gm)).toHaveLength(6)
  expect(existsSync(join(hostRoot, 'used'))).toBe(client !== undefined)
})

test('the doctor reports the name of the runtime', async () => {
  const answer = await askRuntime('/', { path: containerd.socketPath, reason: 'the test started it' })
  expect(answer).toMatchObject({ version: expect.stringMatching(/^containerd \d+\.\d+/), error: '' })
  const none = await askRuntime('/', { path: join(folder, 'none.sock'), reason: 'x' })
  expect(none).toMatchObject({ version: undefined, error: expect.stringContaining('ENOENT') })
})

test("loads images into CRI-O's store", async () => {
  const storage = join(folder, 'storage')
  mkdirSync(storage)
  const config = join(storage, 'storage.conf')
  writeFileSync(config, `[storage]\ndriver = "vfs"\ngraphroot = "${storage}/graph"\nrunroot = "${storage}/run"\n`)
  process.env.CONTAINERS_STORAGE_CONF = config
  const first = await load('--crio')
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.stdout.match(/^loaded /gm)).toHaveLength(7)
  const inspected = await runChecked('skopeo', ['inspect', `containers-storage:${imageReference(parts.table, 'postgres', undefined)}`])
  expect(JSON.parse(inspected).Digest).toBe(parts.table.images.postgres.digest)
  expect((await load('--crio')).stdout.match(/^exists /gm)).toHaveLength(7)
})

test('reports a missing runtime', async () => {
  expect(await load('--containerd', join(folder, 'none.sock'))).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('does not exist: specify the socket'),
  })
  expect(await load('--k3s', '--host-root', folder)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('/run/k3s/containerd/containerd.sock does not exist: start k3s on this node first.'),
  })
})
