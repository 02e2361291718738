import { appendFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { type BenchPlatform, pathInContainer, say, withPlatform } from '../platform.js'
import { cpuSeconds, residentBytes } from '../process-usage.js'
import type { Measurement } from '../report.js'

const EVENTS_PER_SECOND = 1100
const TICK_MS = 20
const WARM_UP_MS = 5 * SECOND_MS
const MEASURED_MS = 30 * SECOND_MS
/** Log files, state files and sockets' bookkeeping of a busy node: a few hundred files that are written again and again. */
const FILES = 300
/** Kubescape's node agent at 1,100 events a second, by its own benchmark. */
const PEER_CORES = 0.15
const PEER_BYTES = 336 * MIB_BYTES
const AGENT_PROCESSES = ['scanner', 'inspector'] as const

/** Processor and memory of scanner and inspector while containers close 1,100 written files a second. */
export async function measureAgent(): Promise<Measurement[]> {
  const { cores, peakBytes, eventsPerSecond } = await withPlatform({}, async (platform) => {
    const folder = pathInContainer(platform.container, '/var/log/busy')
    await mkdir(folder, { recursive: true })
    say(`writing ${EVENTS_PER_SECOND} times a second for ${(WARM_UP_MS + MEASURED_MS) / SECOND_MS} s`)
    await writeFor(WARM_UP_MS, folder)
    return measureWhileWriting(platform, folder)
  })
  const cpuRatio = PEER_CORES / cores
  const memoryRatio = PEER_BYTES / peakBytes
  const details = { eventsPerSecond, files: FILES, processes: AGENT_PROCESSES, cores, peakBytes }
  const common = { peer: 'kubescape-published', details }
  return [
    {
      ...common,
      name: 'agent',
      value: cores,
      unit: 'cores',
      peerValue: PEER_CORES,
      ratio: cpuRatio,
      bar: 'ratio > 1',
      isMet: cpuRatio > 1,
    },
    {
      ...common,
      name: 'agent-memory',
      value: peakBytes / MIB_BYTES,
      unit: 'MiB',
      peerValue: PEER_BYTES / MIB_BYTES,
      ratio: memoryRatio,
      bar: 'ratio > 1',
      isMet: memoryRatio > 1,
    },
  ]
}

async function measureWhileWriting({ env }: BenchPlatform, folder: string) {
  const pids = AGENT_PROCESSES.map((name) => env.supervisor.identityOf(name)?.pid).filter((pid) => pid !== undefined)
  const usedBefore = sum(pids.map(cpuSeconds))
  const startedAt = performance.now()
  let peakBytes = 0
  const written = await writeFor(MEASURED_MS, folder, () => {
    peakBytes = Math.max(peakBytes, sum(pids.map(residentBytes)))
  })
  const seconds = (performance.now() - startedAt) / SECOND_MS
  return { cores: (sum(pids.map(cpuSeconds)) - usedBefore) / seconds, peakBytes, eventsPerSecond: written / seconds }
}

/** Opens, writes and closes files at the rate, in small bursts. @returns how many. */
async function writeFor(durationMs: number, folder: string, everySecond: () => void = () => undefined): Promise<number> {
  const startedAt = performance.now()
  let written = 0
  let nextLookMs = 0
  for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedAt) {
    for (; written < (elapsedMs * EVENTS_PER_SECOND) / SECOND_MS; written++)
      appendFileSync(`${folder}/app-${written % FILES}.log`, `${written} GET /healthz 200 0.3 ms\n`)
    if (elapsedMs >= nextLookMs) {
      everySecond()
      nextLookMs += SECOND_MS
    }
    await sleep(TICK_MS)
  }
  return written
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
