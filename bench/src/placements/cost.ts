import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import type { BenchPlatform } from '../platform.js'
import { readTreeCpuSeconds, readTreesMemoryBytes } from '../process-usage.js'

const PROCESSES = ['scanner', 'inspector', 'obfuscation-scanner', 'clamd', 'puller'] as const

/** Resource usage of each process of the node during a workload. */
export interface Cost {
  readonly process: string
  readonly cpuSeconds: number
  readonly cores: number
  /** With its workers; program files count once. */
  readonly memoryBytes: number
}

/** Starts a measurement. @returns a function that ends it. */
export function startCost({ env }: Pick<BenchPlatform, 'env'>): () => Cost[] {
  const startedAt = performance.now()
  const read = () => PROCESSES.map((name) => ({ name, pid: env.supervisor.identityOf(name)?.pid }))
  const before = read().map(({ name, pid }) => ({ name, pid, cpu: pid === undefined ? 0 : readTreeCpuSeconds(pid) }))
  return () => {
    const seconds = (performance.now() - startedAt) / SECOND_MS
    return read().map(({ name, pid }) => {
      const known = before.find((one) => one.name === name && one.pid === pid)
      const cpuSeconds = pid === undefined ? 0 : readTreeCpuSeconds(pid) - (known?.cpu ?? 0)
      return { process: name, cpuSeconds, cores: cpuSeconds / seconds, memoryBytes: pid === undefined ? 0 : readTreesMemoryBytes([pid]) }
    })
  }
}

/** Counts the restarts of the node's processes, which may have lost events. */
export function countRestarts({ env }: Pick<BenchPlatform, 'env'>): number {
  return PROCESSES.reduce((sum, name) => sum + env.supervisor.restartsOf(name), 0)
}

/** Measures without a workload. */
export async function measureIdle(platform: Pick<BenchPlatform, 'env'>, durationMs: number): Promise<Cost[]> {
  const end = startCost(platform)
  await sleep(durationMs)
  return end()
}

export function formatCost(costs: readonly Cost[]): string {
  return costs
    .map(({ process, cores, cpuSeconds, memoryBytes }) => {
      const share = `${(100 * cores).toFixed(1)} % of a core`
      return `  ${process.padEnd(20)} ${cpuSeconds.toFixed(1).padStart(7)} s of processor time, ${share}, ${Math.round(memoryBytes / MIB_BYTES)} MiB`
    })
    .join('\n')
}
