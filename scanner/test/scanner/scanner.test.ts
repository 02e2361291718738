import { spawn } from 'node:child_process'
import { copyFile, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  COVERAGE_REASONS,
  type CoverageReasonName,
  type FindingMessage,
  fromWireNumber,
  SCAN_SOURCES,
  type ScanSourceName,
} from '@guardimesh/contracts'
import { writePullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startNode } from './running-scanner.js'

let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod

beforeAll(async () => {
  node = await startNode()
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  await vi.waitFor(() => expect(node.backend.results.some(({ containerId }) => containerId === pod.containerId)).toBe(true), 15_000)
})
afterAll(async () => {
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
/** Runs this machine's perl as a process of the container, because the demo image has no interpreter for system calls. */
const runInContainer = (program: string) =>
  spawn('nsenter', ['--target', String(pod.pid), '--pid', 'perl', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] })
const pathOf = ({ path }: FindingMessage) => Buffer.from(path).toString('latin1')
const findings = (path: string, source?: ScanSourceName) =>
  node.backend.results
    .flatMap((result) => result.findings)
    .filter((finding) => pathOf(finding) === path && (!source || fromWireNumber(SCAN_SOURCES, finding.scanSource) === source))
const found = (path: string, source: ScanSourceName, timeout = 8000) =>
  vi.waitFor(
    () => {
      const [finding] = findings(path, source)
      if (!finding) throw new Error(`no ${source} finding at ${path} yet`)
      return finding
    },
    { timeout, interval: 10 },
  )
const coverage = (reason: CoverageReasonName) =>
  node.backend.results
    .flatMap((result) => result.coverage)
    .filter((entry) => fromWireNumber(COVERAGE_REASONS, entry.reason) === reason)
    .map((entry) => Buffer.from(entry.path).toString('latin1'))

describe('a write', () => {
  test('of malware is reported at once with all details', async () => {
    await sh(eicarShellCommand('/tmp/evil'))
    const startedAtMs = performance.now()
    const finding = await found('/tmp/evil', 'realtime')
    expect(performance.now() - startedAtMs).toBeLessThan(3000)
    expect(finding).toMatchObject({ layer: 'upperdir', sizeBytes: 68, ownerUid: 0, engine: 'clamav' })
    expect(Buffer.from(finding.sha256).toString('hex')).toBe('275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f')
    const result = node.backend.results.find((item) => item.findings.includes(finding))
    expect(result).toMatchObject({ clusterId: 'test', nodeName: 'node-1', namespace: 'shop', podName: 'web', containerId: pod.containerId })
  })

  test('of malware over harmless content is reported once', async () => {
    await sh('echo harmless > /tmp/changing')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(findings('/tmp/changing')).toEqual([])
    await sh(eicarShellCommand('/tmp/changing'))
    await found('/tmp/changing', 'realtime')
    await sh(eicarShellCommand('/tmp/changing'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(findings('/tmp/changing')).toHaveLength(1)
  })

  test('to a path that is not UTF-8 is reported with its bytes', async () => {
    await sh(eicarShellCommand('/tmp/plain').replace("'/tmp/plain'", "$(printf '/tmp/\\377\\376')"))
    await found('/tmp/\xff\xfe', 'realtime')
  })
})

describe('a process', () => {
  test('of a program that is not in the image is reported as drift', async () => {
    await sh('cp /bin/busybox /tmp/busybox-dropped; (/tmp/busybox-dropped sleep 30 > /dev/null 2>&1 &)')
    const finding = await found('/tmp/busybox-dropped', 'drift')
    expect(finding).toMatchObject({ signatureName: 'Guardimesh.Drift.NewExecutable', layer: 'upperdir' })
    expect(Buffer.from(finding.process?.exe ?? []).toString()).toBe('/tmp/busybox-dropped')
  })

  test('of a program of the image is not reported', async () => {
    await sh('sleep 0.2; ls / > /dev/null')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const drifted = node.backend.results.flatMap((result) => result.findings).filter((finding) => finding.engine === 'drift')
    expect(drifted.map(pathOf).filter((path) => path.startsWith('/bin/'))).toEqual([])
  })

  test('whose program was deleted is reported', async () => {
    await sh('cp /bin/busybox /tmp/busybox-gone; (/tmp/busybox-gone sleep 30 > /dev/null 2>&1 &); sleep 0.2; rm /tmp/busybox-gone')
    const finding = await found('/tmp/busybox-gone', 'deleted_binary')
    expect(finding.sha256).toHaveLength(32)
    expect(Buffer.from(finding.process?.commandLine ?? []).toString()).toContain('sleep 30')
  })

  test('that runs from memory only is reported', async () => {
    const inMemory = runInContainer(
      `open my $in, '<:raw', '/bin/busybox'; local $/; my $program = <$in>; my ($name, $empty, $zero) = ('secret', '', 'busybox');
       my $fd = syscall(319, $name, 0); open my $out, '>&=', $fd; binmode $out; syswrite $out, $program;
       my ($sleep, $time) = ('sleep', '30'); my ($argv, $envp) = (pack('p3 J', $zero, $sleep, $time, 0), pack('J', 0));
       syscall(322, $fd, $empty, $argv, $envp, 0x1000); die "not executed: $!";`,
    )
    const finding = await found('/memfd:secret', 'memfd')
    expect(finding).toMatchObject({ signatureName: 'Guardimesh.Memfd.Executable', layer: 'memory' })
    expect(finding.process?.pid).toBeGreaterThan(0)
    inMemory.kill()
  })

  test('whose library was deleted is reported', async () => {
    const library = join(node.folder, 'library.so')
    await copyFile(await realpath('/lib/x86_64-linux-gnu/libm.so.6'), library)
    const loaded = runInContainer(
      `require DynaLoader; DynaLoader::dl_load_file('${library}') or die DynaLoader::dl_error(); unlink '${library}'; sleep 30;`,
    )
    const finding = await found(library, 'deleted_library')
    expect(finding.sha256).toHaveLength(32)
    loaded.kill()
  })

  test('that enters the container is not reported', async () => {
    // Simulates the exec probes of a busy node during process inspections.
    const enter = async () => {
      for (let n = 0; n < 30; n++) await sh('true')
    }
    const scans = Promise.all(Array.from({ length: 3 }, () => node.scanNow('--pod', 'web')))
    await Promise.all([scans, ...Array.from({ length: 4 }, enter)])
    const paths = node.backend.results.flatMap((result) => result.findings).map(pathOf)
    expect(paths.filter((path) => path === '/' || path === '/runc' || path.startsWith('/memfd:runc'))).toEqual([])
  })
})

test('reports a modified program of the image as drift, but not a change of its modification time only', async () => {
  const other = await node.containerd.runPod({ name: 'other', namespace: 'shop' })
  const run = (script: string) => other.exec(['/bin/sh', '-c', script])
  await vi.waitFor(() => expect(node.backend.state.inventory?.pods).toHaveLength(2), 10_000)
  await run('touch /bin/busybox; /bin/busybox true; sleep 0.3')
  await run('cp /bin/busybox /tmp/copy; echo more >> /tmp/copy; mv -f /tmp/copy /bin/busybox; /bin/busybox sleep 0.3')
  const finding = await found('/bin/busybox', 'drift')
  expect(finding.signatureName).toBe('Guardimesh.Drift.ChangedExecutable')
  expect(findings('/bin/busybox', 'drift')).toHaveLength(1)
  await other.remove()
})

test('watches the volumes of a pod and scans them with the pod', async () => {
  const hostPath = join(node.folder, 'volume')
  await mkdir(hostPath)
  await writeFile(join(hostPath, 'before'), eicarBytes())
  const other = await node.containerd.runPod({ name: 'store', namespace: 'shop', mounts: [{ hostPath, containerPath: '/data' }] })
  expect(await found('/data/before', 'volume')).toMatchObject({ layer: 'volume:/data' })
  await other.exec(['/bin/sh', '-c', eicarShellCommand('/data/evil')])
  expect(await found('/data/evil', 'realtime')).toMatchObject({ layer: 'volume:/data' })
  await other.remove()
})

describe('on request', () => {
  test('prints findings and reports skipped files', async () => {
    await sh('ln -s /etc/shadow /tmp/link; mkfifo /tmp/fifo; mkdir -p /tmp/a/b; echo x > /tmp/a/b/c')
    const { exitCode, stdout } = await node.scanNow('--pod', 'web')
    expect(stdout).toMatch(/^web \([0-9a-f]{12}\): .* findings, /)
    expect(exitCode).toBe(1)
    await found('/tmp/evil', 'on_demand')
    expect(coverage('not_regular')).toEqual(expect.arrayContaining(['/tmp/link', '/tmp/fifo']))
  })

  test('uses cached verdicts for an unchanged tree, and scans it again with --ignore-cache', async () => {
    await node.scanNow('--pod', 'web')
    expect((await node.scanNow('--pod', 'web')).stdout).toMatch(/: 0 files scanned, [1-9]/)
    // One scan per content is enough: the second of two equal files is cached, unless both are scanned at the same time.
    expect((await node.scanNow('--pod', 'web', '--ignore-cache')).stdout).toMatch(/: [1-9]\d* files scanned, [0-9]/)
  })

  test('fails for an unknown container', async () => {
    const { exitCode, stderr } = await node.scanNow('--pod', 'nobody')
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/no running container/)
  })
})

describe('the scan configuration', () => {
  test('applies a smaller size limit and a skipped namespace without a restart', async () => {
    node.backend.state.scanConfig = { ...node.backend.state.scanConfig, maxFileSizeBytes: 4096, skipNamespaces: ['quiet*'] }
    await vi.waitFor(() => expect(node.backend.state.inventory?.node?.configEtag).not.toBe(''), 15_000)
    const etag = node.backend.state.inventory?.node?.configEtag
    await vi.waitFor(() => expect(node.backend.state.inventory?.node?.configEtag).not.toBe(etag), { timeout: 15_000, interval: 50 })
    await sh('head -c 5000 /dev/zero > /tmp/large')
    await vi.waitFor(() => expect(coverage('too_large')).toContain('/tmp/large'), 15_000)
    const quiet = await node.containerd.runPod({ name: 'quiet', namespace: 'quiet-please' })
    await vi.waitFor(() => {
      const [result] = node.backend.results.filter(({ containerId }) => containerId === quiet.containerId)
      expect(result?.coverage.map(({ reason }) => fromWireNumber(COVERAGE_REASONS, reason))).toEqual(['skipped_namespace'])
    }, 10_000)
    await quiet.remove()
  })

  test('keeps the active configuration and reports the error of an invalid one', async () => {
    node.backend.state.override = (request) => (request.method === 'GET' ? { status: 200, body: '{"schedule":"sometimes"}' } : undefined)
    await vi.waitFor(() => expect(node.backend.state.inventory?.node?.configError).toMatch(/missing keys: activeScan/), {
      timeout: 15_000,
      interval: 50,
    })
    node.backend.state.override = () => undefined
  })
})

test('reports the signature facts of the puller, and none when its report is damaged', async () => {
  const run = join(node.folder, 'run')
  const reported = () => node.backend.state.inventory?.node
  const generation = reported()?.signatureGeneration ?? ''
  expect(generation).toMatch(/^ClamAV/)
  const facts = { switchedAtMs: 1_795_000_000_000, loadedAtMs: 1_795_000_009_000, loadMs: 9000, memoryBytes: 5, pulledBytes: 6 }
  const refused = { refusedGeneration: 'g9', refusal: 'too large', catalogSequence: 4 }
  const refusal = { signaturesRefusedGeneration: 'g9', signaturesRefusal: 'too large' }
  const nothing = { signaturesLoadedAtMs: 0, signaturesLoadMs: 0, signaturesMemoryBytes: 0, signaturesPulledBytes: 0 }
  const soon = { timeout: 20_000, interval: 50 }
  await writePullerReport(run, { generation, ...facts, ...refused })
  const all = { signaturesLoadedAtMs: facts.loadedAtMs, signaturesLoadMs: 9000, signaturesMemoryBytes: 5, signaturesPulledBytes: 6 }
  await vi.waitFor(() => expect(reported()).toMatchObject({ ...all, ...refusal }), soon)
  // A generation that clamd has not loaded yet.
  await writePullerReport(run, { generation: 'g8', ...facts, ...refused })
  await vi.waitFor(() => expect(reported()).toMatchObject({ ...nothing, ...refusal }), soon)
  await writeFile(join(run, 'puller.json'), '{')
  await vi.waitFor(() => expect(reported()).toMatchObject({ ...nothing, signaturesRefusedGeneration: '', signaturesRefusal: '' }), soon)
})

test('sends an inventory with pod, container and runtime', async () => {
  await vi.waitFor(() => expect(node.backend.state.inventory?.pods).toHaveLength(1), 10_000)
  const { inventory } = node.backend.state
  expect(inventory?.complete).toBe(true)
  expect(inventory?.node).toMatchObject({ nodeName: 'node-1', runtimeKind: 'containerd', containersTotal: 1, containersWatched: 1 })
  expect(inventory?.pods).toMatchObject([
    { namespace: 'shop', podName: 'web', containers: [{ containerId: pod.containerId, watched: true }] },
  ])
})

test('reports all malware once when scanner, inspector and backend are killed while it is written', async () => {
  const paths = Array.from({ length: 12 }, (_, n) => `/tmp/kill-${n}`)
  const disruptions: Record<number, () => Promise<unknown>> = {
    2: async () => {
      await node.end('scanner', 'SIGKILL')
      node.start('scanner')
    },
    5: async () => {
      await node.end('inspector', 'SIGKILL')
      node.start('inspector')
    },
    8: async () => {
      node.backend.state.override = () => ({ status: 503 })
    },
    10: async () => {
      // Results that nobody receives are not a ready node.
      await vi.waitFor(async () => expect(await node.readiness()).toContain('backend: the backend failed: status 503'), 10_000)
      await node.end('scanner', 'SIGKILL')
      node.start('scanner')
      node.backend.state.override = () => undefined
    },
  }
  for (const [n, path] of paths.entries()) {
    await disruptions[n]?.()
    await sh(`${eicarShellCommand(path)}; echo ${n} >> ${path}.note`)
  }
  await node.ready()
  await vi.waitFor(() => expect(paths.filter((path) => findings(path).length === 0)).toEqual([]), { timeout: 30_000, interval: 50 })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(paths.filter((path) => findings(path).length !== 1)).toEqual([])
}, 90_000)

test('scanner and inspector run with their seccomp profiles and gain no privileges, in all threads and child processes', async () => {
  const { scanner, inspector } = { scanner: node.pidOf('scanner'), inspector: node.pidOf('inspector') }
  const workers = await vi.waitFor(async () => {
    const children = (await readFile(`/proc/${scanner}/task/${scanner}/children`, 'latin1')).trim().split(' ')
    expect(children[0]).toMatch(/^\d+$/)
    return children.map(Number)
  })
  for (const pid of [scanner, inspector, ...workers])
    for (const thread of await readdir(`/proc/${pid}/task`)) {
      const status = await readFile(`/proc/${pid}/task/${thread}/status`, 'latin1')
      expect(status.match(/^(NoNewPrivs|Seccomp):\t\d/gm)).toEqual(['NoNewPrivs:\t1', 'Seccomp:\t2'])
    }
})
