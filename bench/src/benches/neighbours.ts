import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { DEFAULT_SCAN_CONFIG, SECOND_MS } from '@guardimesh/contracts'
import { runChecked, sleep } from '@guardimesh/kit'
import { NEIGHBOURS } from '../neighbours/all-neighbours.js'
import { importCrowdImage } from '../neighbours/crowd-image.js'
import { PROBE_TIMEOUT_SECONDS } from '../neighbours/liveness.js'
import { type BenchSite, type Outcome, runNeighbour } from '../neighbours/run-neighbour.js'
import { Victim } from '../neighbours/victim.js'
import { type ResultLog, startResultLog } from '../placements/result-log.js'
import { type BenchPlatform, logProgress, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { median, percentile } from '../statistics.js'

const DETECTED_BAR_SECONDS = 1
const END_BAR_SECONDS = 10
const FIRST_SCAN_TIMEOUT_MS = 60 * SECOND_MS
const POLL_MS = 100
/** The size that V8 chooses in a container with the chart's memory limit. On a large machine it collects its garbage later. */
const NODE_OPTIONS = '--max-old-space-size=256'

/** Measures detection in a quiet container while other containers do their worst. Volumes and image layers are scanned. */
export async function measureNeighbours(): Promise<Measurement[]> {
  logProgress(`machine: ${(await runChecked('uptime', [])).trim()}`)
  if (!/\bnfs4?$/m.test(await readFile('/proc/filesystems', 'utf8')))
    logProgress('a dead NFS server is not measured: this kernel has no NFS client. The stopped FUSE server takes the same path.')
  const features = { ...DEFAULT_SCAN_CONFIG.features, volumes: true, imageLayers: true }
  const log = await startResultLog({ ...DEFAULT_SCAN_CONFIG, features })
  try {
    const settings = { scanner: { BACKEND_URL: log.url, NODE_OPTIONS } }
    return [buildMeasurement(await withPlatform({ settings }, (platform) => measure(platform, log)))]
  } finally {
    await log.close()
  }
}

async function measure(platform: BenchPlatform, log: ResultLog): Promise<Outcome[]> {
  const folder = await mkdtemp('/var/tmp/guardimesh-bench-neighbours-')
  try {
    await importCrowdImage(platform.containerd, folder)
    await waitForFirstScan(platform, log)
    const site: BenchSite = { platform, log, victim: new Victim(platform.container, log), folder }
    const outcomes: Outcome[] = []
    for (const neighbour of NEIGHBOURS) {
      logProgress(`running ${neighbour.name}`)
      const outcome = await runNeighbour(site, neighbour)
      logProgress(formatOutcome(outcome))
      outcomes.push(outcome)
    }
    return outcomes
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A container is watched once its first scan was reported. */
async function waitForFirstScan({ container }: BenchPlatform, log: ResultLog): Promise<void> {
  for (const untilMs = Date.now() + FIRST_SCAN_TIMEOUT_MS; !log.containerIds.has(container.containerId); await sleep(POLL_MS))
    if (Date.now() > untilMs) throw new Error('timed out waiting for the first scan of the victim')
}

function formatOutcome(outcome: Outcome): string {
  const { work, seconds, load, ownPause, memoryBefore, memoryPeak, memoryAfter, gaps, victimGaps, liveness, restarts, endSeconds } = outcome
  const round = (value: number) => `${value.toFixed(2)} s`
  const counts = (record: Readonly<Record<string, number>>, unit = '') =>
    Object.entries(record)
      .map(([name, count]) => `${name} ${Number(count.toFixed(1))}${unit}`)
      .join(', ')
  const detected = `p50 ${round(median(seconds))}, p95 ${round(percentile(seconds, 0.95))}, max ${round(Math.max(...seconds))}`
  return [
    `  ${work}`,
    `  EICAR in the victim, ${seconds.length} times: ${detected}`,
    `  memory in MiB: before: ${counts(memoryBefore)}; peak: ${counts(memoryPeak)}; after: ${counts(memoryAfter)}`,
    `  machine: load ${load.toFixed(1)}, longest pause of the bench itself ${round(ownPause)}`,
    `  coverage of the neighbour: ${counts(gaps) || 'no entries'}; of the victim: ${counts(victimGaps) || 'no entries'}`,
    `  /livez: ${liveness.failures.length} of ${liveness.requests} failed, slowest ${Math.round(liveness.slowestMs)} ms; ${restarts} restarts`,
    ...liveness.failures.slice(0, 3).map((failure) => `    ${failure}`),
    ...(counts(endSeconds) ? [`  end after SIGTERM: ${counts(endSeconds, ' s')}`] : []),
  ].join('\n')
}

function buildMeasurement(outcomes: readonly Outcome[]): Measurement {
  const slowestOf = ({ seconds }: Outcome) => Math.max(...seconds)
  const bars = outcomes.flatMap((outcome) => {
    const { neighbour, liveness, restarts, endSeconds, ownPause } = outcome
    const ends = Object.values(endSeconds)
    // A burst of process starts can stop a small machine for seconds, also without a scanner. Such a pause is not the scanner's.
    const areProbesValid = ownPause < PROBE_TIMEOUT_SECONDS
    const isAlive = (liveness.failures.length === 0 || !areProbesValid) && restarts === 0
    return [
      {
        text: `${neighbour}: detected within ${slowestOf(outcome).toFixed(2)} s, including up to ${ownPause.toFixed(2)} s in which the machine stopped`,
        isMet: slowestOf(outcome) - ownPause < DETECTED_BAR_SECONDS,
      },
      { text: `${neighbour}: ${liveness.failures.length} failed /livez requests, ${restarts} restarts`, isMet: isAlive },
      ...ends.map((seconds) => ({ text: `${neighbour}: ended within ${seconds.toFixed(1)} s`, isMet: seconds < END_BAR_SECONDS })),
    ]
  })
  for (const { text, isMet } of bars) logProgress(`  ${isMet ? 'met' : 'NOT MET'}: ${text}`)
  const slowest = Math.max(...outcomes.map(slowestOf))
  return {
    name: 'neighbours',
    value: slowest,
    unit: 's',
    peer: '-',
    peerValue: DETECTED_BAR_SECONDS,
    ratio: DETECTED_BAR_SECONDS / slowest,
    bar: `EICAR detected next to every neighbour in < ${DETECTED_BAR_SECONDS} s (pauses of the machine deducted), no failed /livez, ends within ${END_BAR_SECONDS} s of SIGTERM`,
    isMet: bars.every(({ isMet }) => isMet),
    details: { outcomes, bars },
  }
}
