import { appendFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { type BenchPlatform, logProgress, pathInContainer, withPlatform } from '../platform.js'
import { readTreeCpuSeconds, readTreesMemoryBytes } from '../process-usage.js'
import type { Measurement } from '../report.js'
import { waitUntilIdle } from '../scan-now.js'

const EVENTS_PER_SECOND = 1100
const WRITE_INTERVAL_MS = 20
const WARM_UP_MS = 5 * SECOND_MS
/** The processes return the memory of their start after 20 s. */
const IDLE_WARM_UP_MS = 25 * SECOND_MS
const MEASUREMENT_MS = 30 * SECOND_MS
/** A busy node rewrites a few hundred log, state and socket files. */
const FILE_COUNT = 300
/** Kubescape's node agent at 1,100 events/s, according to its own benchmark. */
const PEER_CORES = 0.15
const PEER_BYTES = 336 * MIB_BYTES
const AGENT_PROCESSES = ['scanner', 'inspector'] as const

/** Number of idle containers, and the agent's limits while they run. */
const CONTAINER_COUNT = 20
const IDLE_MS = 60 * SECOND_MS
const IDLE_CORES_BAR = 0.02
const IDLE_BYTES_BAR = 220 * MIB_BYTES
/** Usage with more containers is printed only. */
const MANY_CONTAINERS = 200

/**
 * Measures CPU and memory of scanner and inspector with their workers, first with idle containers, then while one container writes 1,100
 * files/s. Volumes and image layers are scanned.
 */
export async function measureAgent(): Promise<Measurement[]> {
  const few = await measureWith(CONTAINER_COUNT)
  const many = await measureWith(MANY_CONTAINERS)
  return [buildMeasurement(few, many)]
}

interface Usages {
  readonly idle: Usage
  readonly busy: Usage & { readonly eventsPerSecond: number }
}

async function measureWith(containers: number): Promise<Usages> {
  const usages = await withPlatform({ containers }, async (platform) => {
    logProgress(`measuring idle usage with ${containers} containers for ${(IDLE_WARM_UP_MS + IDLE_MS) / SECOND_MS} s`)
    await waitUntilIdle(platform.env.folders.run)
    await sleep(IDLE_WARM_UP_MS)
    const idle = await measureUsage(platform, () => sleep(IDLE_MS))
    const folder = pathInContainer(platform.container, '/var/log/busy')
    await mkdir(folder, { recursive: true })
    logProgress(`writing ${EVENTS_PER_SECOND} files/s for ${(WARM_UP_MS + MEASUREMENT_MS) / SECOND_MS} s`)
    await writeFor(WARM_UP_MS, folder)
    let written = 0
    const busy = await measureUsage(platform, async () => {
      written = await writeFor(MEASUREMENT_MS, folder)
    })
    return { idle, busy: { ...busy, eventsPerSecond: written / busy.seconds } }
  })
  logProgress(`  idle with ${containers} containers: ${formatUsage(usages.idle)}`)
  logProgress(`  at ${Math.round(usages.busy.eventsPerSecond)} file events/s: ${formatUsage(usages.busy)}`)
  return usages
}

function buildMeasurement({ idle, busy }: Usages, many: Usages): Measurement {
  const isIdleMet = idle.cores < IDLE_CORES_BAR && idle.peakBytes < IDLE_BYTES_BAR
  const ratio = Math.min(PEER_CORES / busy.cores, PEER_BYTES / busy.peakBytes)
  return {
    name: 'agent',
    value: busy.cores,
    unit: 'cores',
    peer: 'kubescape-published',
    peerValue: PEER_CORES,
    ratio: PEER_CORES / busy.cores,
    bar: `below ${PEER_CORES} cores and ${PEER_BYTES / MIB_BYTES} MiB when busy, below ${IDLE_CORES_BAR} cores and ${IDLE_BYTES_BAR / MIB_BYTES} MiB when idle`,
    isMet: ratio > 1 && isIdleMet,
    details: {
      processes: AGENT_PROCESSES,
      containers: CONTAINER_COUNT,
      files: FILE_COUNT,
      idle,
      busy,
      manyContainers: MANY_CONTAINERS,
      many,
    },
  }
}

/** Resource usage of the agent's processes during a workload. */
interface Usage {
  readonly cores: number
  /** Peak memory of the processes and their workers; program files count once. */
  readonly peakBytes: number
  readonly seconds: number
}

const formatUsage = ({ cores, peakBytes }: Usage) =>
  `${AGENT_PROCESSES.join(' and ')} ${(100 * cores).toFixed(2)} % of a core, ${Math.round(peakBytes / MIB_BYTES)} MiB`

async function measureUsage({ env }: BenchPlatform, work: () => Promise<void>): Promise<Usage> {
  const pids = AGENT_PROCESSES.map((name) => env.supervisor.identityOf(name)?.pid).filter((pid) => pid !== undefined)
  const bytesNow = () => readTreesMemoryBytes(pids)
  let peakBytes = bytesNow()
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, bytesNow())
  }, SECOND_MS)
  try {
    const usedBefore = sum(pids.map(readTreeCpuSeconds))
    const startedAt = performance.now()
    await work()
    const seconds = (performance.now() - startedAt) / SECOND_MS
    return { cores: (sum(pids.map(readTreeCpuSeconds)) - usedBefore) / seconds, peakBytes, seconds }
  } finally {
    clearInterval(sampling)
  }
}

/** Opens, writes and closes files at EVENTS_PER_SECOND, in small bursts. @returns the number of writes. */
async function writeFor(durationMs: number, folder: string): Promise<number> {
  const startedAt = performance.now()
  let written = 0
  for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedAt) {
    for (; written < (elapsedMs * EVENTS_PER_SECOND) / SECOND_MS; written++)
      appendFileSync(`${folder}/app-${written % FILE_COUNT}.log`, `${written} GET /healthz 200 0.3 ms\n`)
    await sleep(WRITE_INTERVAL_MS)
  }
  return written
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
