import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type CoverageView, DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import type { ComponentName } from '@guardimesh/dev/stack/context.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'
import { perl, sh } from './container-files.js'
import { listCoverage } from './coverage-queries.js'
import { listFindings } from './finding-queries.js'
import { killComponent } from './kill-component.js'
import { PERL_IMAGE } from './perl-image.js'
import { changeScanConfig } from './scan-config.js'
import { readScannerStatus, scanNow, waitUntilScannerIsIdle } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { waitUntilWatched } from './watched-pods.js'

const KILLED_COMPONENTS: readonly ComponentName[] = ['api', 'postgres', 'clamd', 'inspector', 'scanner']
const ROUNDS = 2
/** The container writes up to 20 files/s, so that some writes occur while the process is down and some after its restart. */
const FILES_AFTER_KILL = 60
const ARRIVAL_TIMEOUT_MS = 120_000
const TEST_TIMEOUT_MS = 400_000

/**
 * Perl function that builds unique content from a number below 2^16: the EICAR string followed by 16 spaces or tabs. Only white space may
 * follow the string (EICAR, "Anti-Malware Testfile").
 */
const CONTENT_OF = `my $eicar = <STDIN>; sub content { my $bits = sprintf '%016b', shift; $bits =~ tr/01/ \\t/; $eicar . $bits }`

let platform: WatchedContainerd
let pod: RunningPod

beforeAll(async () => {
  platform = await startWatchedContainerd()
  pod = await platform.containerd.runPod({ name: 'outbreak', namespace: 'shop', image: PERL_IMAGE })
  await waitUntilWatched(platform.stack.api, 'outbreak')
})

afterAll(() => platform?.stop())

/** Lists the paths that the container has written so far. */
async function listWrittenPaths(): Promise<string[]> {
  return (await readdir(join(`/proc/${pod.pid}/root`, '/tmp/outbreak'))).map((name) => `/tmp/outbreak/${name}`)
}

async function waitUntilWritten(count: number): Promise<void> {
  await waitFor(async () => expect((await listWrittenPaths()).length).toBeGreaterThanOrEqual(count), ARRIVAL_TIMEOUT_MS)
}

/** Waits until clamd accepts connections, which it does once its signatures are loaded. */
async function waitUntilClamdAccepts(socketPath: string): Promise<void> {
  await waitFor(async () => {
    const socket = connect(socketPath)
    try {
      await once(socket, 'connect')
    } finally {
      socket.destroy()
    }
  }, ARRIVAL_TIMEOUT_MS)
}

const listFoundPaths = async () => (await listFindings(platform.stack.api, { pod: 'outbreak' })).map(({ path }) => path)

test(
  'reports every finding exactly once while each process in turn is killed',
  async () => {
    const { stack } = platform
    const produce = `${CONTENT_OF} mkdir '/tmp/outbreak';
      if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
      for (my $n = 0; !-e '/tmp/stop'; $n++) { open my $f, '>', "/tmp/outbreak/$n"; print $f content($n); close $f; select undef, undef, undef, 0.05 }`
    await perl(pod, produce, eicarBytes())
    await waitUntilWritten(FILES_AFTER_KILL)
    for (let round = 0; round < ROUNDS; round++)
      for (const name of KILLED_COMPONENTS) {
        const { length } = await listWrittenPaths()
        await killComponent(stack, name)
        await waitUntilWritten(length + FILES_AFTER_KILL)
      }
    await sh(pod, 'touch /tmp/stop')
    const stoppedAtMs = performance.now()
    await waitFor(
      async () => expect((await listFoundPaths()).toSorted()).toEqual((await listWrittenPaths()).toSorted()),
      ARRIVAL_TIMEOUT_MS,
    )
    const durationMs = Math.round(performance.now() - stoppedAtMs)
    // Duplicates must not appear later.
    await waitUntilScannerIsIdle(stack, ARRIVAL_TIMEOUT_MS)
    const findings = await listFindings(stack.api, { pod: 'outbreak' })
    expect(findings.map(({ path }) => path).toSorted()).toEqual((await listWrittenPaths()).toSorted())
    expect(new Set(findings.map(({ sha256 }) => sha256)).size).toBe(findings.length)
    for (const name of KILLED_COMPONENTS) expect(stack.env.supervisor.restartsOf(name)).toBeGreaterThanOrEqual(ROUNDS)
    process.stdout.write(
      `${findings.length} findings through ${ROUNDS * KILLED_COMPONENTS.length} kills; the last one was listed ${durationMs} ms after the last write\n`,
    )
  },
  TEST_TIMEOUT_MS,
)

test(
  'reports no infected file as clean when clamd is killed during a scan',
  async () => {
    const { stack, containerd } = platform
    const [files, infectedEvery] = [1500, 25]
    const infected = await containerd.runPod({ name: 'archive', namespace: 'shop', image: PERL_IMAGE })
    await waitUntilWatched(stack.api, 'archive')
    const before = await scanNow(stack, { podName: 'archive' })
    // Files wait for the engines throughout the scan, even if the engines are faster than the hashing.
    await changeScanConfig(stack.api, { budgets: { ...DEFAULT_SCAN_CONFIG.budgets, bytesPerSecond: 20_000_000 } })
    // Uncached content, large enough to kill clamd during the scan.
    const write = `${CONTENT_OF} mkdir '/tmp/archive';
      for my $n (1..${files}) { open my $f, '>', "/tmp/archive/$n"; print $f $n % ${infectedEvery} ? rand() x 4000 : content($n) }`
    await perl(infected, write, eicarBytes())
    await waitUntilScannerIsIdle(stack, ARRIVAL_TIMEOUT_MS)
    let isDone = false
    const scan = scanNow(stack, { podName: 'archive', ignoreCache: true }).finally(() => {
      isDone = true
    })
    for (let kills = 0; kills < 3; kills++) {
      await waitFor(async () => expect(Number((await readScannerStatus(stack)).queueLength)).toBeGreaterThan(0), ARRIVAL_TIMEOUT_MS)
      expect(isDone).toBe(false)
      await killComponent(stack, 'clamd')
      await waitUntilClamdAccepts(stack.env.facts.clamdSocket)
    }
    const { filesScanned, filesCached, filesNotScanned, findings } = await scan
    expect(filesScanned + filesCached + filesNotScanned).toBe(before.filesCached + before.filesScanned + files)
    // Each content is scanned once. The files of the runtime are all empty and thus identical; the files of the archive differ.
    expect(filesCached).toBeLessThan(before.filesCached + before.filesScanned)
    expect({ filesNotScanned, findings }).toEqual({ filesNotScanned: 0, findings: files / infectedEvery })
    // An entry without a path may report lost events, for which the scan above compensated. On a slow machine, an engine is missing for so
    // long that a file is listed until it has scanned it.
    const open = ({ path, detail }: CoverageView) => path !== '' && !detail.startsWith('completed at')
    await waitFor(async () => expect((await listCoverage(stack.api, 'archive')).filter(open)).toEqual([]), ARRIVAL_TIMEOUT_MS)
    const expected = Array.from({ length: files / infectedEvery }, (_, index) => `/tmp/archive/${(index + 1) * infectedEvery}`)
    const onDemand = () => listFindings(stack.api, { pod: 'archive', source: 'on_demand' })
    await waitFor(
      async () => expect((await onDemand()).map(({ path }) => path).toSorted()).toEqual(expected.toSorted()),
      ARRIVAL_TIMEOUT_MS,
    )
  },
  TEST_TIMEOUT_MS,
)
