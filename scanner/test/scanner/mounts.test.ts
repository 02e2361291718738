import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COVERAGE_REASONS, type CoverageReasonName, fromWireNumber } from '@guardimesh/contracts'
import { runChecked, runProgram } from '@guardimesh/kit'
import { DEMO_IMAGE } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startNode } from './running-scanner.js'

/** Malware on everything that is mounted in containers, and containers that Kubernetes did not create or that end at once. */

const POD_UID = '0a1b2c3d-0000-4000-8000-000000000001'
const ROUNDS = Array.from({ length: 10 }, (_, round) => round)
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let neighbour: RunningPod
let kubelet: string

beforeAll(async () => {
  node = await startNode()
  // As a kubelet prepares volumes.
  kubelet = join(node.folder, 'pods', POD_UID, 'volumes')
  const volume = (kind: string) => join(kubelet, `kubernetes.io~${kind}`, 'v')
  for (const kind of ['empty-dir', 'memory', 'configmap', 'secret']) await mkdir(volume(kind), { recursive: true })
  await runChecked('mount', ['-t', 'tmpfs', 'tmpfs', volume('memory')])
  for (const kind of ['empty-dir', 'memory', 'configmap', 'secret']) await writeFile(join(volume(kind), 'before'), eicarBytes())
  await writeFile(join(node.folder, 'single'), 'harmless')
  const mounts = [
    { hostPath: volume('empty-dir'), containerPath: '/data' },
    { hostPath: volume('memory'), containerPath: '/memory' },
    { hostPath: volume('configmap'), containerPath: '/config', isReadOnly: true },
    { hostPath: volume('secret'), containerPath: '/secret', isReadOnly: true },
    { hostPath: join(node.folder, 'single'), containerPath: '/etc/single.conf' },
    { hostPath: '/etc', containerPath: '/node' },
  ]
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop', mounts })
  neighbour = await node.containerd.runPod({ name: 'neighbour', namespace: 'shop', mounts: mounts.slice(0, 2) })
  await found('/data/before', pod.containerId, 20_000)
})
afterAll(async () => {
  await node.stop()
  await runProgram('umount', ['-l', join(kubelet, 'kubernetes.io~memory', 'v')])
  await rm(node.folder, { recursive: true, force: true })
})

const sh = (script: string, inPod = pod) => inPod.exec(['/bin/sh', '-c', script])
/** Runs a command of the container with all rights, as a privileged container has them. */
const privileged = (script: string) =>
  runChecked('nsenter', ['--target', String(pod.pid), '--mount', '--pid', '/bin/busybox', 'sh', '-c', script])
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const resultsOf = (containerId: string) => node.backend.results.filter((result) => result.containerId === containerId)
const findings = (path: string, containerId = pod.containerId) =>
  resultsOf(containerId)
    .flatMap((result) => result.findings)
    .filter((finding) => text(finding.path) === path && finding.engine === 'clamav')
const found = (path: string, containerId = pod.containerId, timeout = 10_000) =>
  vi.waitFor(
    () => {
      const [finding] = findings(path, containerId)
      if (!finding) throw new Error(`no finding at ${path} yet`)
      return finding
    },
    { timeout, interval: 10 },
  )
const coverage = (reason: CoverageReasonName, containerId = pod.containerId) =>
  resultsOf(containerId)
    .flatMap((result) => result.coverage)
    .filter((entry) => fromWireNumber(COVERAGE_REASONS, entry.reason) === reason)
const paths = (reason: CoverageReasonName, containerId = pod.containerId) => [
  ...new Set(coverage(reason, containerId).map(({ path }) => text(path))),
]

test.each(['/data', '/memory', '/config'])('scans what is on the volume %s when a pod starts', async (volume) => {
  expect(await found(`${volume}/before`)).toMatchObject({ layer: `volume:${volume}` })
})

test.each(['/data', '/memory', '/dev/shm', '/dev'])('detects a write to %s within a second', async (folder) => {
  await sh(eicarShellCommand(`${folder}/written`))
  await found(`${folder}/written`, pod.containerId, 15_000)
})

test('detects a write to a single mounted file', async () => {
  await sh(eicarShellCommand('/etc/single.conf'))
  expect(await found('/etc/single.conf', pod.containerId, 5000)).toMatchObject({ layer: 'volume:/etc/single.conf' })
})

test('never reads secrets and folders of the node, and lists each once', async () => {
  await vi.waitFor(() => expect(paths('volume_not_scanned')).toEqual(['/secret']), 15_000)
  expect(paths('outside_container')).toEqual(['/node'])
  expect(findings('/secret/before')).toEqual([])
  expect(paths('mount_not_watched')).toEqual([])
  expect(paths('network_file_system')).toEqual([])
})

test('names every pod that has a volume mounted, and the writer of an event', async () => {
  for (const { containerId } of [pod, neighbour]) for (const path of ['/data/before', '/memory/before']) await found(path, containerId)
  await sh(eicarShellCommand('/memory/shared'), neighbour)
  await found('/memory/shared', neighbour.containerId, 15_000)
  expect(findings('/memory/shared')).toEqual([])
})

test.each(ROUNDS)('detects a write to memory from another mount namespace (round %i)', async (round) => {
  const path = `/dev/shm/ns-${round}`
  await sh(`unshare -U -r -m sh -c '${eicarShellCommand(path).replaceAll("'", `'\\''`)}'`)
  await found(path, pod.containerId, 15_000)
})

test.each(ROUNDS)('detects a file on a tmpfs in a user and mount namespace (round %i)', async (round) => {
  const folder = `/tmp/own-${round}`
  const inside = `mount -t tmpfs own ${folder}; ${eicarShellCommand(`${folder}/evil`)}; sleep 20`
  await sh(`mkdir ${folder}; (unshare -U -r -m sh -c '${inside.replaceAll("'", `'\\''`)}' > /dev/null 2>&1 &)`)
  expect(await found(`${folder}/evil`, pod.containerId, 15_000)).toMatchObject({ layer: `volume:${folder}` })
})

test.each([
  { name: 'a tmpfs', folder: '/tmp/late', mount: 'mount -t tmpfs late /tmp/late' },
  { name: 'a bind mount', folder: '/tmp/bound', mount: 'mount -o bind /data /tmp/bound' },
  {
    name: 'a nested overlay',
    folder: '/tmp/nested',
    mount: 'mkdir -p /dev/shm/u /dev/shm/w && mount -t overlay o -o lowerdir=/bin,upperdir=/dev/shm/u,workdir=/dev/shm/w /tmp/nested',
  },
])('watches $name that a container mounts later', async ({ folder, mount }) => {
  await privileged(`mkdir -p ${folder} && ${mount}`)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  await sh(eicarShellCommand(`${folder}/evil`))
  await found(`${folder}/evil`)
})

test('is not blocked by a file system that does not respond, and lists each of its mounts', async () => {
  const stalled = await mountStalled(pod.pid, ['/stalled', '/data/stalled'])
  try {
    await vi.waitFor(() => expect(paths('network_file_system').toSorted()).toEqual(['/data/stalled', '/stalled']), 15_000)
    const scan = node.scanNow('--pod', 'web')
    for (const round of ROUNDS) {
      await sh(eicarShellCommand(`/tmp/meanwhile-${round}`), neighbour)
      await found(`/tmp/meanwhile-${round}`, neighbour.containerId, 15_000)
    }
    expect((await scan).stdout).toMatch(/^web /)
    const startedAtMs = performance.now()
    await node.end('scanner', 'SIGTERM')
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
    node.start('scanner')
    await node.ready()
  } finally {
    stalled.kill('SIGKILL')
    await once(stalled, 'exit')
  }
}, 60_000)

test('scans a container that Kubernetes did not create, and lists it', async () => {
  // runc keeps its state by id, for all runs on this machine.
  const id = `by-hand-${process.pid}`
  const ctr = (...args: string[]) => runChecked('ctr', ['--address', node.containerd.socketPath, '--namespace', 'k8s.io', ...args])
  await ctr('run', '--detach', '--snapshotter', 'overlayfs', DEMO_IMAGE, id, '/bin/sh', '-c', `${eicarShellCommand('/evil')}; sleep 1000`)
  await found('/evil', id, 15_000)
  // The entry is reported separately.
  await vi.waitFor(() => expect(coverage('unmanaged_container', id)).toMatchObject([{ count: 0 }]), 5000)
  await ctr('tasks', 'exec', '--exec-id', 'later', id, '/bin/sh', '-c', eicarShellCommand('/later'))
  await found('/later', id, 15_000)
  await ctr('tasks', 'delete', '--force', id)
  await ctr('containers', 'delete', id)
})

test.each(ROUNDS)('reports a container that ends at once (round %i)', async (round) => {
  const command = ['/bin/sh', '-c', eicarShellCommand('/evil')]
  const run = node.containerd.runPod({ name: `short-${round}`, namespace: 'shop', command })
  const ended = await run.catch((error: Error) => /container ([0-9a-f]{64}) ended/.exec(error.message)?.[1])
  const containerId = typeof ended === 'object' ? ended.containerId : (ended ?? '')
  await vi.waitFor(() => {
    const isReported = findings('/evil', containerId).length > 0 || coverage('ended_before_scan', containerId).length > 0
    expect(isReported).toBe(true)
  }, 5000)
  expect(coverage('unsupported_snapshotter', containerId)).toEqual([])
  if (typeof ended === 'object') await ended.remove()
})

test('lists the time before a container was watched', async () => {
  const [entry] = coverage('not_watched_at_start', neighbour.containerId)
  expect(entry).toMatchObject({ count: 0, detail: expect.stringMatching(/^file events are watched since \d+ ms after the start/) })
})

/** Mounts FUSE file systems in the container whose server never answers, not even the first request. */
async function mountStalled(pid: number, targets: readonly string[]): Promise<ChildProcess> {
  const program = `use POSIX; my $pid = shift; open my $ns, '<', "/proc/$pid/ns/mnt" or die "ns: $!"; my @fuse;
    for (@ARGV) { open my $f, '+<', '/dev/fuse' or die "fuse: $!"; push @fuse, $f }
    syscall(308, fileno($ns), 0) == 0 or die "setns: $!"; my ($type, $source, $n) = ('fuse', 'stalled', 0);
    for my $target (@ARGV) { mkdir $target; my $options = 'fd=' . fileno($fuse[$n++]) . ',rootmode=40000,user_id=0,group_id=0,allow_other';
      my $path = $target; syscall(165, $source, $path, $type, 0, $options) == 0 or die "mount: $!" }
    $| = 1; print "mounted\\n"; sleep 1000;`
  const child = spawn('perl', ['-e', program, String(pid), ...targets], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}
