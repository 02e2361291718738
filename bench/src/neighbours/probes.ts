import { loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { isAlive } from '@guardimesh/testbed/process-identity.js'
import { countRestarts } from '../placements/cost.js'
import type { BenchPlatform } from '../platform.js'
import { readTreesMemoryBytes } from '../process-usage.js'
import { type Liveness, watchLiveness } from './liveness.js'
import type { Victim } from './victim.js'

const END_TIMEOUT_MS = 30 * SECOND_MS
const POLL_MS = 20
type ProcessName = 'scanner' | 'inspector'
type PerProcess = Readonly<Record<ProcessName, number>>

export interface Probed {
  /** From each write in the victim to the arrival of its finding. */
  readonly seconds: readonly number[]
  readonly liveness: Liveness
  readonly restarts: number
  /** Memory of the processes with their workers, in MiB. */
  readonly memoryBefore: PerProcess
  readonly memoryAfter: PerProcess
  readonly memoryPeak: PerProcess
  /** Longest pause of this program, in seconds: how long the machine keeps a process from running that has nothing to do with the scanner. */
  readonly ownPause: number
  /** Of this machine, over the last minute. */
  readonly load: number
}

/** Starts to measure the victim and the node's processes. @returns a function that ends it, and may be called again. */
export function startProbes(platform: BenchPlatform, victim: Victim): () => Promise<Probed> {
  const probing = new AbortController()
  const delay = monitorEventLoopDelay()
  delay.enable()
  const [memoryBefore, restartsBefore] = [readMemory(platform), countRestarts(platform)]
  let memoryPeak = memoryBefore
  const sampling = setInterval(() => {
    memoryPeak = maxOf(memoryPeak, readMemory(platform))
  }, SECOND_MS)
  const measuring = Promise.all([victim.measureUntil(probing.signal), watchLiveness(platform.env.folders.run, probing.signal)])
  const end = async (): Promise<Probed> => {
    probing.abort()
    const [seconds, liveness] = await measuring.finally(() => clearInterval(sampling))
    const restarts = countRestarts(platform) - restartsBefore
    delay.disable()
    const memoryAfter = readMemory(platform)
    return {
      ...{ seconds, liveness, restarts, memoryBefore, memoryAfter },
      memoryPeak: maxOf(memoryPeak, memoryAfter),
      ownPause: delay.max / 1e9,
      load: loadavg()[0] ?? 0,
    }
  }
  let ended: Promise<Probed> | undefined
  return () => {
    ended ??= end()
    return ended
  }
}

/** Sends SIGTERM to scanner and inspector. @returns the seconds until each has ended. */
export async function measureEnds({ env: { supervisor } }: BenchPlatform): Promise<PerProcess> {
  const measureEnd = async (name: ProcessName) => {
    const identity = supervisor.identityOf(name)
    const startedAt = performance.now()
    supervisor.signal(name, 'SIGTERM')
    while (identity && isAlive(identity) && performance.now() < startedAt + END_TIMEOUT_MS) await sleep(POLL_MS)
    return (performance.now() - startedAt) / SECOND_MS
  }
  return { scanner: await measureEnd('scanner'), inspector: await measureEnd('inspector') }
}

function readMemory({ env }: BenchPlatform): PerProcess {
  const read = (name: ProcessName) => {
    const pid = env.supervisor.identityOf(name)?.pid
    return pid === undefined ? 0 : Math.round(readTreesMemoryBytes([pid]) / MIB_BYTES)
  }
  return { scanner: read('scanner'), inspector: read('inspector') }
}

const maxOf = (left: PerProcess, right: PerProcess): PerProcess => ({
  scanner: Math.max(left.scanner, right.scanner),
  inspector: Math.max(left.inspector, right.inspector),
})
