import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ComponentName } from '../../dev/src/stack/context.js'
import { waitFor } from '../src/wait-for.js'
import { perl, sh } from './container-files.js'
import { coverageOf } from './coverage-queries.js'
import { allFindings } from './finding-queries.js'
import { killComponent } from './kill-component.js'
import { PERL_IMAGE } from './perl-image.js'
import { scanNow, scannerStatus, untilScannerIsIdle } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { untilWatched } from './watched-pods.js'

const VICTIMS: readonly ComponentName[] = ['api', 'postgres', 'clamd', 'inspector', 'scanner']
const ROUNDS = 2
/** At up to twenty files a second: some are written while the part is away and some when it is back. */
const FILES_AFTER_KILL = 60
const ARRIVAL_TIMEOUT_MS = 120_000
const TEST_TIMEOUT_MS = 400_000

/**
 * Perl that makes content from a number below 2^16: the test file and sixteen times space or tab, so that each has a hash of its own.
 * White space is all that may follow the test file (EICAR, "Anti-Malware Testfile").
 */
const CONTENT_OF = `my $eicar = <STDIN>; sub content { my $bits = sprintf '%016b', shift; $bits =~ tr/01/ \\t/; $eicar . $bits }`

let platform: WatchedContainerd
let pod: RunningPod

beforeAll(async () => {
  platform = await startWatchedContainerd()
  pod = await platform.containerd.runPod({ name: 'outbreak', namespace: 'shop', image: PERL_IMAGE })
  await untilWatched(platform.stack.api, 'outbreak')
})

afterAll(() => platform?.stop())

/** Paths that the container has written so far, as this machine sees them. */
async function writtenPaths(): Promise<string[]> {
  return (await readdir(join(`/proc/${pod.pid}/root`, '/tmp/outbreak'))).map((name) => `/tmp/outbreak/${name}`)
}

async function untilWritten(count: number): Promise<void> {
  await waitFor(async () => expect((await writtenPaths()).length).toBeGreaterThanOrEqual(count), ARRIVAL_TIMEOUT_MS)
}

/** Waits until clamd takes connections: it opens its socket when its signatures are loaded. */
async function untilClamdAnswers(socketPath: string): Promise<void> {
  await waitFor(async () => {
    const socket = connect(socketPath)
    try {
      await once(socket, 'connect')
    } finally {
      socket.destroy()
    }
  }, ARRIVAL_TIMEOUT_MS)
}

const foundPaths = async () => (await allFindings(platform.stack.api, { pod: 'outbreak' })).map(({ path }) => path)

test(
  'every finding arrives, and once, while each part in turn is killed',
  async () => {
    const { stack } = platform
    const produce = `${CONTENT_OF} mkdir '/tmp/outbreak';
      if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
      for (my $n = 0; !-e '/tmp/stop'; $n++) { open my $f, '>', "/tmp/outbreak/$n"; print $f content($n); close $f; select undef, undef, undef, 0.05 }`
    await perl(pod, produce, eicarBytes())
    await untilWritten(FILES_AFTER_KILL)
    for (let round = 0; round < ROUNDS; round++)
      for (const name of VICTIMS) {
        const { length } = await writtenPaths()
        await killComponent(stack, name)
        await untilWritten(length + FILES_AFTER_KILL)
      }
    await sh(pod, 'touch /tmp/stop')
    const stoppedAtMs = performance.now()
    await waitFor(async () => expect((await foundPaths()).toSorted()).toEqual((await writtenPaths()).toSorted()), ARRIVAL_TIMEOUT_MS)
    const tookMs = Math.round(performance.now() - stoppedAtMs)
    // No duplicate is reported afterwards.
    await untilScannerIsIdle(stack, ARRIVAL_TIMEOUT_MS)
    const findings = await allFindings(stack.api, { pod: 'outbreak' })
    expect(findings.map(({ path }) => path).toSorted()).toEqual((await writtenPaths()).toSorted())
    expect(new Set(findings.map(({ sha256 }) => sha256)).size).toBe(findings.length)
    for (const name of VICTIMS) expect(stack.env.supervisor.restartsOf(name)).toBeGreaterThanOrEqual(ROUNDS)
    process.stdout.write(
      `${findings.length} findings through ${ROUNDS * VICTIMS.length} kills; the last was there ${tookMs} ms after the end\n`,
    )
  },
  TEST_TIMEOUT_MS,
)

test(
  'nothing is taken for clean when clamd is killed while it scans',
  async () => {
    const { stack, containerd } = platform
    const [files, infectedEvery] = [1500, 25]
    const infected = await containerd.runPod({ name: 'archive', namespace: 'shop', image: PERL_IMAGE })
    await untilWatched(stack.api, 'archive')
    const before = await scanNow(stack, { podName: 'archive' })
    // Content that no cache knows, and large enough that the scan lasts.
    const write = `${CONTENT_OF} mkdir '/tmp/archive';
      for my $n (1..${files}) { open my $f, '>', "/tmp/archive/$n"; print $f $n % ${infectedEvery} ? rand() x 4000 : content($n) }`
    await perl(infected, write, eicarBytes())
    await untilScannerIsIdle(stack, ARRIVAL_TIMEOUT_MS)
    let isDone = false
    const scan = scanNow(stack, { podName: 'archive', ignoreCache: true }).finally(() => {
      isDone = true
    })
    for (let kills = 0; kills < 3; kills++) {
      await waitFor(async () => expect(Number((await scannerStatus(stack)).queueLength)).toBeGreaterThan(0), ARRIVAL_TIMEOUT_MS)
      expect(isDone).toBe(false)
      await killComponent(stack, 'clamd')
      await untilClamdAnswers(stack.env.facts.clamdSocket)
    }
    const { filesScanned, filesCached, filesNotScanned, findings } = await scan
    expect(filesScanned + filesCached + filesNotScanned).toBe(before.filesCached + before.filesScanned + files)
    // A fresh look takes each content once. What the runtime put there is empty, and the same; the archive's contents differ.
    expect(filesCached).toBeLessThan(before.filesCached + before.filesScanned)
    expect({ filesNotScanned, findings }).toEqual({ filesNotScanned: 0, findings: files / infectedEvery })
    // A coverage entry of the whole container may report lost events, for which the scan above compensated.
    expect((await coverageOf(stack.api, 'archive')).filter(({ path }) => path !== '')).toEqual([])
    const expected = Array.from({ length: files / infectedEvery }, (_, index) => `/tmp/archive/${(index + 1) * infectedEvery}`)
    const onDemand = () => allFindings(stack.api, { pod: 'archive', source: 'on_demand' })
    await waitFor(
      async () => expect((await onDemand()).map(({ path }) => path).toSorted()).toEqual(expected.toSorted()),
      ARRIVAL_TIMEOUT_MS,
    )
  },
  TEST_TIMEOUT_MS,
)
