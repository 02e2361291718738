import { spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COVERAGE_REASONS, fromWireNumber, SCAN_SOURCES } from '@guardimesh/contracts'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildZip } from '../engines/archive-builders.js'
import { findingsAt, foundAt, pathOf } from './reported-findings.js'
import { startNode } from './running-scanner.js'

/** Attempts of root in a container to stop the scanner of its node, or to hide from it. */

let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let neighbour: RunningPod

beforeAll(async () => {
  node = await startNode()
  pod = await node.containerd.runPod({ name: 'hostile', namespace: 'shop' })
  neighbour = await node.containerd.runPod({ name: 'neighbour', namespace: 'shop' })
  await vi.waitFor(() => expect(new Set(node.backend.results.map(({ containerId }) => containerId)).size).toBe(2), 15_000)
})
afterAll(async () => {
  // A path that exceeds PATH_MAX cannot be removed by name.
  await sh(`mv /tmp/two/${DEEP}one /tmp/one`)
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

const DEEP = `${'d'.repeat(200)}/`.repeat(12)
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
const findings = (path: RegExp, containerId = pod.containerId) => findingsAt(node, path, containerId)
const found = (path: RegExp, signature: RegExp, containerId = pod.containerId) => foundAt(node, path, signature, containerId)

test('detects a program whose path is too long for the kernel to report, and keeps running', async () => {
  const write = eicarShellCommand('evil-deep')
  await sh(`mkdir -p /tmp/one/${DEEP} /tmp/two/${DEEP}; cd /tmp/one/${DEEP}; cp /bin/busybox busybox-deep
    mv /tmp/one /tmp/two/${DEEP}; ${write}; (./busybox-deep sleep 60 > /dev/null 2>&1 &)`)
  await found(/./, /Drift/)
  await found(/./, /Eicar/)
  await neighbour.exec(['/bin/sh', '-c', 'cp /bin/busybox /tmp/busybox-new; (/tmp/busybox-new sleep 60 > /dev/null 2>&1 &)'])
  await found(/busybox-new/, /Drift/, neighbour.containerId)
  expect(await node.metrics()).toMatch(/guardimesh_scanner_event_overflows 0\b/)
})

test('reports a program that runs from a folder in memory as drift', async () => {
  await sh('cp /bin/busybox /dev/busybox-dev; (/dev/busybox-dev sleep 60 > /dev/null 2>&1 &)')
  expect((await found(/^\/dev\/busybox-dev$/, /Drift/)).process?.pid).toBeGreaterThan(0)
})

test('detects malware in a folder in memory, on write and by a scan', async () => {
  await sh(eicarShellCommand('/dev/shm/evil'))
  expect(await found(/^\/dev\/shm\/evil$/, /Eicar/)).toMatchObject({ layer: 'volume:/dev/shm' })
  await node.scanNow('--pod', 'hostile')
  expect(findings(/^\/dev\/shm\/evil$/).map(({ scanSource }) => fromWireNumber(SCAN_SOURCES, scanSource))).toEqual([
    'realtime',
    'on_demand',
  ])
})

test('reports an in-memory program of a container whose name imitates a runtime', async () => {
  const program = `exit if fork; open my $in, '<:raw', '/bin/busybox'; local $/; my $program = <$in>; my ($name, $empty, $zero) = ('runc_cloned:/proc/self/exe', '', 'busybox');
    if (!fork) { my $fd = syscall(319, $name, 0); open my $out, '>&=', $fd; binmode $out; syswrite $out, $program;
    my ($sleep, $time) = ('sleep', '2'); my ($argv, $envp) = (pack('p3 J', $zero, $sleep, $time, 0), pack('J', 0));
    syscall(322, $fd, $empty, $argv, $envp, 0x1000); die "not executed: $!" } sleep 3;`
  spawn('nsenter', ['--target', String(pod.pid), '--pid', 'perl', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] })
  await found(/^\/memfd:runc_cloned:/, /Memfd/)
})

test('detects renamed malware when a harmless file replaces it at the old path', async () => {
  await sh(
    `${eicarShellCommand('/tmp/swap')}; usleep 12000; mv /tmp/swap /tmp/swapped; for i in 1 2 3 4 5; do echo fine > /tmp/swap; usleep 10000; done`,
  )
  await found(/swap/, /Eicar/)
})

test('uses less than half a core for thousands of processes and continuous program starts', async () => {
  await sh('i=0; while [ $i -lt 2000 ]; do sleep 300 & i=$((i+1)); done > /dev/null 2>&1')
  await sh('(i=0; while [ $i -lt 1500 ]; do /bin/true; usleep 5000; i=$((i+1)); done > /dev/null 2>&1 &)')
  const cpuSeconds = async () => Number(/^process_cpu_seconds_total ([\d.]+)/m.exec(await node.metrics())?.[1])
  await wait(2000)
  const before = await cpuSeconds()
  await wait(5000)
  const share = ((await cpuSeconds()) - before) / 5
  await sh('killall sleep; true')
  expect(share).toBeLessThan(0.5)
})

test('lists sparse files and packed zeros of 3,000 MiB, without more memory', async () => {
  const peakMib = async (pid: number) => Number(/^VmHWM:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024
  const pids = [node.pidOf('scanner'), node.clamd.pid]
  const before = await Promise.all(pids.map(peakMib))
  const names = ['plain', 'script.sh', 'evil.com', 'archive.tar']
  const zeros = { name: 'zeros', content: Buffer.alloc(0), zerosMib: 3000 }
  const packed = buildZip([zeros, { name: 'eicar.com', content: eicarBytes() }])
  await sh(`mkdir /tmp/huge; cd /tmp/huge; true > plain; echo '#!/bin/sh' > script.sh; ${eicarShellCommand('evil.com')}; tar -cf archive.tar evil.com
    for name in ${names.join(' ')}; do truncate -s 3000M $name; done`)
  await writeFile(join(`/proc/${pod.pid}/root`, 'tmp/huge/packed.zip'), packed)
  const listed = () =>
    node.backend.results
      .flatMap((result) => result.coverage)
      .filter((entry) => pathOf(entry).startsWith('/tmp/huge/') && [packed.length, 3000 * 1024 * 1024].includes(Number(entry.sizeBytes)))
      .map((entry) => `${pathOf(entry).slice('/tmp/huge/'.length)} ${fromWireNumber(COVERAGE_REASONS, entry.reason)}`)
  await vi.waitFor(() => expect(listed()).toEqual(expect.arrayContaining(names.map((name) => `${name} too_large`))), 15_000)
  // clamd unpacks up to its limit of 2,047 MiB first.
  await vi.waitFor(() => expect(listed()).toContain('packed.zip partially_scanned'), 30_000)
  await sh('rm -r /tmp/huge')
  const growth = (await Promise.all(pids.map(peakMib))).map((peak, index) => peak - (before[index] ?? 0))
  expect(Math.max(...growth)).toBeLessThan(64)
})

test('reads the files of a container that changed its root, and never files of the node through it', async () => {
  const secret = join(node.folder, 'secret')
  await mkdir(secret)
  await writeFile(join(secret, 'of-the-node'), eicarBytes())
  // The first process creates its own root from folders in memory with the names of those on the node.
  const decoy = `mount -t tmpfs decoy /tmp && mkdir -p /tmp/work /tmp/root ${secret} &&
    mount -t overlay decoy -o lowerdir=/bin,upperdir=${secret},workdir=/tmp/work /tmp/root && cd /tmp/root && mkdir old && pivot_root . old && exec /busybox sh -c "while sleep 1; do /busybox cp /old/evil-before /old/evil-after; done"`
  const command = ['/bin/sh', '-c', `${eicarShellCommand('/evil-before')}; exec /bin/unshare -U -r -m /bin/sh -c '${decoy}'`]
  const shifty = await node.containerd.runPod({ name: 'shifty', namespace: 'shop', command })
  await vi.waitFor(async () => expect(await readFile(`/proc/${shifty.pid}/cmdline`, 'latin1')).toMatch(/^\/busybox\0sh/), 15_000)
  for (const name of ['inspector', 'scanner'] as const) await node.end(name, 'SIGKILL')
  for (const name of ['inspector', 'scanner'] as const) node.start(name)
  await node.ready()
  await node.scanNow('--pod', 'shifty')
  expect(findings(/of-the-node/, shifty.containerId)).toEqual([])
  const sources = () => findings(/^\/evil-before$/, shifty.containerId).map(({ scanSource }) => fromWireNumber(SCAN_SOURCES, scanSource))
  await vi.waitFor(() => expect(sources()).toContain('on_demand'), 15_000)
  await found(/^\/old\/evil-after$/, /Eicar/, shifty.containerId)
  await shifty.remove()
})

test.each([
  { name: 'large files', original: 'truncate -s 40M original' },
  { name: 'archives that expand greatly', original: 'head -c 150m /dev/zero | gzip > original' },
])('scans a neighbour in time while a container writes $name continuously', async ({ name, original }) => {
  await sh(`cd /tmp; ${original}; i=0; while [ $i -lt 60 ]; do cp original flood-$i; echo $i >> flood-$i; i=$((i+1)); done`)
  const path = `/tmp/evil-neighbour-${name.length}`
  // Large enough to pass through the hash thread.
  await neighbour.exec(['/bin/sh', '-c', `${eicarShellCommand('/tmp/x')}; head -c 100000 /dev/zero >> /tmp/x; mv /tmp/x ${path}`])
  await found(new RegExp(path), /Eicar/, neighbour.containerId)
  await sh('rm /tmp/flood-*')
})
