import { appendFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { type BenchPlatform, pathInContainer, say, withPlatform } from '../platform.js'
import { cpuSeconds, residentBytes } from '../process-usage.js'
import type { Measurement } from '../report.js'
import { untilIdle } from '../scan-now.js'

const EVENTS_PER_SECOND = 1100
const TICK_MS = 20
const WARM_UP_MS = 5 * SECOND_MS
const MEASURED_MS = 30 * SECOND_MS
/** A busy node repeatedly writes a few hundred log and state files. */
const FILES = 300
/** Kubescape's node agent at 1,100 events per second, according to its own benchmark. */
const PEER_CORES = 0.15
const PEER_BYTES = 336 * MIB_BYTES
const AGENT_PROCESSES = ['scanner', 'inspector'] as const

/** Limits of the scanner's usage with this many idle containers. */
const CONTAINERS = 20
const IDLE_MS = 60 * SECOND_MS
const IDLE_CORES_BAR = 0.02
const IDLE_BYTES_BAR = 200 * MIB_BYTES

/** Processor and memory of scanner and inspector: with idle containers, and while one container closes 1,100 written files per second. */
export async function measureAgent(): Promise<Measurement[]> {
  const { idle, busy } = await withPlatform({ containers: CONTAINERS }, async (platform) => {
    say(`idle with ${CONTAINERS} containers for ${(WARM_UP_MS + IDLE_MS) / SECOND_MS} s`)
    await untilIdle(platform.env.folders.run)
    await sleep(WARM_UP_MS)
    const idle = await usageWhile(platform, () => sleep(IDLE_MS))
    const folder = pathInContainer(platform.container, '/var/log/busy')
    await mkdir(folder, { recursive: true })
    say(`writing ${EVENTS_PER_SECOND} times a second for ${(WARM_UP_MS + MEASURED_MS) / SECOND_MS} s`)
    await writeFor(WARM_UP_MS, folder)
    let written = 0
    const busy = await usageWhile(platform, async () => {
      written = await writeFor(MEASURED_MS, folder)
    })
    return { idle, busy: { ...busy, eventsPerSecond: written / busy.seconds } }
  })
  const isIdleMet = idle.cores < IDLE_CORES_BAR && idle.peakBytes < IDLE_BYTES_BAR
  say(
    `  idle with ${CONTAINERS} containers: ${usageText(idle)}; ${isIdleMet ? 'met' : 'NOT MET'}: below ${100 * IDLE_CORES_BAR} % of a core and ${IDLE_BYTES_BAR / MIB_BYTES} MiB`,
  )
  say(`  at ${Math.round(busy.eventsPerSecond)} file events a second: ${usageText(busy)}`)
  const ratio = Math.min(PEER_CORES / busy.cores, PEER_BYTES / busy.peakBytes)
  return [
    {
      name: 'agent',
      value: busy.cores,
      unit: 'cores',
      peer: 'kubescape-published',
      peerValue: PEER_CORES,
      ratio: PEER_CORES / busy.cores,
      bar: `below ${PEER_CORES} cores and ${PEER_BYTES / MIB_BYTES} MiB when busy, below ${IDLE_CORES_BAR} cores and ${IDLE_BYTES_BAR / MIB_BYTES} MiB when idle`,
      isMet: ratio > 1 && isIdleMet,
      details: { processes: AGENT_PROCESSES, containers: CONTAINERS, files: FILES, idle, busy },
    },
  ]
}

/** Usage of the scanner processes during a measurement. */
interface Usage {
  readonly cores: number
  /** Peak of the sum of their resident memory, which counts shared pages in each process. */
  readonly peakBytes: number
  readonly seconds: number
}

const usageText = ({ cores, peakBytes }: Usage) =>
  `${AGENT_PROCESSES.join(' and ')} ${(100 * cores).toFixed(2)} % of a core, ${Math.round(peakBytes / MIB_BYTES)} MiB`

async function usageWhile({ env }: BenchPlatform, work: () => Promise<void>): Promise<Usage> {
  const pids = AGENT_PROCESSES.map((name) => env.supervisor.identityOf(name)?.pid).filter((pid) => pid !== undefined)
  const bytesNow = () => sum(pids.map(residentBytes))
  let peakBytes = bytesNow()
  const looks = setInterval(() => {
    peakBytes = Math.max(peakBytes, bytesNow())
  }, SECOND_MS)
  try {
    const usedBefore = sum(pids.map(cpuSeconds))
    const startedAt = performance.now()
    await work()
    const seconds = (performance.now() - startedAt) / SECOND_MS
    return { cores: (sum(pids.map(cpuSeconds)) - usedBefore) / seconds, peakBytes, seconds }
  } finally {
    clearInterval(looks)
  }
}

/** Opens, writes and closes files at the rate, in small bursts. @returns the number of files. */
async function writeFor(durationMs: number, folder: string): Promise<number> {
  const startedAt = performance.now()
  let written = 0
  for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedAt) {
    for (; written < (elapsedMs * EVENTS_PER_SECOND) / SECOND_MS; written++)
      appendFileSync(`${folder}/app-${written % FILES}.log`, `${written} GET /healthz 200 0.3 ms\n`)
    await sleep(TICK_MS)
  }
  return written
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
