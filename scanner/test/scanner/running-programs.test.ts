import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COVERAGE_REASONS, type CoverageReasonName, fromWireNumber } from '@guardimesh/contracts'
import { runChecked, sleep } from '@guardimesh/kit'
import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { PodMount, RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findingsAt, foundAt, pathOf } from './reported-findings.js'
import { startNode } from './running-scanner.js'

/** Programs, libraries and scripts that processes run, with and without a file, and files that do not respond. */

/** `STALL_SECONDS=300` makes it an endurance test. */
const STALL_MS = Number(process.env.STALL_SECONDS ?? 10) * 1000
const LOADER = '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'

let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let neighbour: RunningPod
let stalled: RunningPod
let server: ChildProcess
let mountPoint: string
/** Mounts of the machine's perl at `/host`. */
let withPerl: PodMount[]

beforeAll(async () => {
  node = await startNode({ features: { volumes: false } })
  mountPoint = join(node.folder, 'net')
  // The machine's perl with its libraries as a root of its own, because the demo image has no interpreter for system calls.
  const machine = join(node.folder, 'machine')
  for (const path of [mountPoint, machine, join(machine, 'usr'), join(machine, 'dev')]) await mkdir(path)
  // Perl opens it at its start.
  await writeFile(join(machine, 'dev/null'), '')
  for (const name of ['bin', 'lib', 'lib64']) await symlink(`usr/${name}`, join(machine, name))
  server = spawn('python3', [join(import.meta.dirname, 'stalled-fuse.py'), mountPoint, '/bin/busybox'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(server.stdout as NonNullable<typeof server.stdout>, 'data')
  withPerl = [
    { hostPath: machine, containerPath: '/host', isReadOnly: true },
    { hostPath: '/usr', containerPath: '/host/usr', isReadOnly: true },
  ]
  pod = await node.containerd.runPod({ name: 'programs', namespace: 'shop', mounts: withPerl })
  neighbour = await node.containerd.runPod({ name: 'neighbour', namespace: 'shop' })
  stalled = await node.containerd.runPod({ name: 'stalled', namespace: 'shop', mounts: [{ hostPath: mountPoint, containerPath: '/net' }] })
  await vi.waitFor(() => expect(new Set(node.backend.results.map(({ containerId }) => containerId)).size).toBe(3), 15_000)
})
afterAll(async () => {
  server.kill('SIGCONT')
  await node.stop()
  await runChecked('umount', ['-l', mountPoint])
  server.kill('SIGKILL')
  await rm(node.folder, { recursive: true, force: true })
})

const run = async (argv: readonly string[], container = pod) => {
  const { exitCode, stderr } = await container.exec(argv)
  if (exitCode !== 0) throw new Error(`${argv.join(' ')} failed: ${stderr}`)
}
const sh = (script: string) => run(['/bin/sh', '-c', script])
const perl = (program: string, container = pod) => run(['/bin/chroot', '/host', '/usr/bin/perl', '-e', program], container)
const findings = (path: RegExp, containerId = pod.containerId) => findingsAt(node, path, containerId)
const found = (path: RegExp, signature: RegExp, containerId = pod.containerId) => foundAt(node, path, signature, containerId)
const coverage = (reason: CoverageReasonName, containerId = pod.containerId) =>
  node.backend.results
    .filter((result) => result.containerId === containerId)
    .flatMap((result) => result.coverage)
    .filter((entry) => fromWireNumber(COVERAGE_REASONS, entry.reason) === reason)
    .map(pathOf)
/** Perl code that defines `memory(name, content)`, which returns the descriptor of a file in memory, and `run(descriptor, arguments)`. */
const IN_MEMORY = `use strict; sub content { open my $in, '<:raw', shift or die; local $/; <$in> }
  sub memory { my ($name, $content) = @_; my $fd = syscall(319, $name, 0); open my $out, '>&=', $fd; binmode $out; syswrite $out, $content; push @main::open, $out; $fd }
  sub run { my $fd = shift; my @words = map { "$_\\0" } @_; my ($empty, $argv, $envp) = ('', pack('p*', @words) . pack('J', 0), pack('J', 0));
    syscall(322, $fd, $empty, $argv, $envp, 0x1000); die "not executed: $!" } our @open;`

test('detects programs in memory that run for 5 ms, and reports the container if one ended before it was read', async () => {
  const program = `${IN_MEMORY} my $program = content('/usr/bin/busybox'); for my $i (1 .. 50) { my $fd = memory("quick-$i", $program);
    if (my $pid = fork) { waitpid $pid, 0; @main::open = () } else { run($fd, 'usleep', '5000') } }`
  await perl(program)
  const names = () => new Set(findings(/^\/memfd:quick-/).map(pathOf))
  const isReported = () => names().size === 50 || coverage('executable_memory').includes('')
  // How many are detected depends on how busy the machine is; none may be missed silently.
  await vi.waitFor(() => expect({ found: names().size > 0, isReported: isReported() }).toEqual({ found: true, isReported: true }), 15_000)
  console.log(`${names().size} of 50 programs were detected`)
  expect(findings(/quick/)[0]).toMatchObject({ signatureName: 'Guardimesh.Memfd.Executable', process: { uid: 0 } })
})

test('detects a program in memory of a container that is announced later', async () => {
  process.kill(node.pidOf('inspector'), 'SIGSTOP')
  let late: RunningPod
  try {
    late = await node.containerd.runPod({ name: 'late', namespace: 'shop', mounts: withPerl })
    await perl(`${IN_MEMORY} run(memory('early', content('/usr/bin/busybox')), 'usleep', '50000')`, late)
    await sleep(2000)
  } finally {
    process.kill(node.pidOf('inspector'), 'SIGCONT')
  }
  await found(/^\/memfd:early/, /Memfd\.Executable/, late.containerId)
  await late.remove()
})

test('detects a program in memory that imitates the runtime, in a process that the runtime started', async () => {
  await perl(`${IN_MEMORY} run(memory('runc_cloned:/proc/self/exe', content('/usr/bin/busybox')), 'sleep', '0.5')`)
  await found(/^\/memfd:runc_cloned:/, /Memfd\.Executable/)
})

test('detects a script in memory', async () => {
  await perl(
    `${IN_MEMORY} my $fd = memory('script', "sleep 0.1\\n"); sysseek $main::open[0], 0, 0; open STDIN, '<&', $fd; exec '/usr/bin/dash'`,
  )
  await found(/^\/memfd:script$/, /Memfd\.Script/)
})

test('reports an interpreter that reads its program from a pipe', async () => {
  // On a busy machine, a shell that ends within a millisecond may end before it is read.
  await pod.exec(['/bin/sh'], 'sleep 0.3\n')
  await vi.waitFor(() => expect(coverage('executable_memory')).toContain('/dev/stdin'), 15_000)
})

test('reports executable memory without a file once', async () => {
  // The programs run longer than the pause of up to 5 s after a slow inspection of their container.
  const program = 'syscall(9, 0, 65536, 7, 0x22, -1, 0) > 0 or die $!; sleep 20'
  const start = `(/bin/chroot /host /usr/bin/perl -e '${program}' > /dev/null 2>&1 &)`
  await sh(`${start}; ${start}`)
  await vi.waitFor(() => expect(coverage('executable_memory')).toContain('/host/usr/bin/perl'), 18_000)
  await sh(`${start}; sleep 3`)
  expect(coverage('executable_memory').filter((path) => path === '/host/usr/bin/perl')).toHaveLength(1)
})

test('detects a dropped library, and a dropped program that the loader runs', async () => {
  const library = await realpath('/lib/x86_64-linux-gnu/libm.so.6')
  await copyFile(library, join(node.folder, 'machine', 'libm.so'))
  const load = `/host${LOADER} --library-path /host/usr/lib/x86_64-linux-gnu`
  await sh(`cp /host/libm.so /tmp/libdropped.so; cp /host/usr/bin/sleep /tmp/sleep-dropped
    (${load} --preload /tmp/libdropped.so /tmp/sleep-dropped 20 > /dev/null 2>&1 &)`)
  expect(await found(/^\/tmp\/libdropped\.so$/, /Drift\.NewLibrary/)).toMatchObject({ layer: 'upperdir' })
  await found(/^\/tmp\/sleep-dropped$/, /Drift\.NewLibrary/)
  expect(findings(/^\/host\/usr/)).toEqual([])
})

test('detects a dropped script of an interpreter, also a short-lived one, and no script of the image', async () => {
  await sh(
    `cd /tmp; echo 'sleep 5; true' > dropped.sh; (sh ./dropped.sh > /dev/null 2>&1 &); echo 'sleep 0.2; true' > quick.sh; sh quick.sh`,
  )
  expect(await found(/^\/tmp\/dropped\.sh$/, /Drift\.NewScript/)).toMatchObject({ layer: 'upperdir' })
  await found(/^\/tmp\/quick\.sh$/, /Drift\.NewScript/)
  await sh('sh /etc/passwd > /dev/null 2>&1; true')
  expect(findings(/passwd/)).toEqual([])
})

test('names the program that wrote a file, not the runtime that started it', async () => {
  for (let index = 0; index < 10; index++) await sh(eicarShellCommand(`/tmp/written-${index}`))
  for (let index = 0; index < 10; index++) {
    const { process } = await found(new RegExp(`^/tmp/written-${index}$`), /Eicar/)
    // A process that ended before it was read has no facts at all.
    expect(Buffer.from(process?.exe ?? []).toString()).toMatch(/^(\/bin\/busybox)?$/)
    expect(Buffer.from(process?.commandLine ?? []).toString()).toMatch(/^(\/bin\/sh -c.*)?$/s)
  }
})

test(
  'detects malware in other containers at once while a file system does not respond, and stops on SIGTERM',
  async () => {
    await stalled.exec(['/bin/sh', '-c', '(exec -a sleep /net/m 1000 > /dev/null 2>&1 &)'])
    await vi.waitFor(() => expect(coverage('network_file_system', stalled.containerId)).toContain('/net'), 15_000)
    server.kill('SIGSTOP')
    const startedAtMs = performance.now()
    const latenciesMs: number[] = []
    while (performance.now() - startedAtMs < STALL_MS) {
      const path = `/tmp/evil-${latenciesMs.length}`
      await neighbour.exec(['/bin/sh', '-c', eicarShellCommand(path)])
      const writtenAtMs = performance.now()
      await found(new RegExp(`^${path}$`), /Eicar/, neighbour.containerId)
      latenciesMs.push(performance.now() - writtenAtMs)
      expect(latenciesMs.at(-1)).toBeLessThan(3000)
      expect(await node.livez()).toBe('ok\n')
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    const stoppedAtMs = performance.now()
    for (const name of ['scanner', 'inspector'] as const) await node.end(name, 'SIGTERM')
    const endMs = performance.now() - stoppedAtMs
    console.log(
      `${latenciesMs.length} writes in ${STALL_MS / 1000} s were detected after at most ${Math.max(...latenciesMs).toFixed(0)} ms; end after ${endMs.toFixed(0)} ms`,
    )
    expect(endMs).toBeLessThan(10_000)
  },
  STALL_MS + 60_000,
)
