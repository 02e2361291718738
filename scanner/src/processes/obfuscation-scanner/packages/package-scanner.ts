import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts/units'
import { Budgets } from '../../../engines/budgets.js'
import { processWorkers } from '../../../engines/process-worker.js'
import { WorkerPool } from '../../../engines/worker-pool.js'
import type { RpmFile } from './rpm-header.js'
import type { RpmTask } from './rpm-worker.js'

/** Findings of other images wait for it. A database of 256 MiB takes 1 to 3 s. */
const TIMEOUT_MS = 5 * SECOND_MS
/** Node itself needs 50 MiB, and a header of 16 MiB and its copies 64 MiB. */
const MEMORY_LIMIT = { bytes: 160 * MIB_BYTES, since: 'start' } as const
const SCRIPT = new URL('./rpm-worker.js', import.meta.url)

/** Reads RPM databases, each in a process of its own that has limits of time and memory, one at a time. */
export class PackageScanner implements AsyncDisposable {
  readonly #slots = new Budgets({ concurrentScans: 1, bytesPerSecond: 0 })
  readonly #stop = new AbortController()
  #active: WorkerPool<RpmTask, readonly RpmFile[]> | undefined

  /**
   * Finds the packages of files.
   *
   * @param fd the database; the caller closes it afterwards.
   * @param paths absolute paths as latin1.
   * @throws GuardError ENGINE_TIMEOUT, ENGINE_ERROR when the database cannot be read; ENGINE_UNAVAILABLE or an abort at the end of the process.
   */
  async find(fd: number, paths: readonly string[]): Promise<readonly RpmFile[]> {
    using _slot = await this.#slots.acquire(0, this.#stop.signal)
    const folder = await mkdtemp(join(tmpdir(), 'guardimesh-packages-'))
    const worker = new WorkerPool<RpmTask, readonly RpmFile[]>({
      start: processWorkers({ script: SCRIPT, data: {}, descriptor: fd }),
      ...{ workerCount: 1, timeoutMs: TIMEOUT_MS, memoryLimit: MEMORY_LIMIT, maxAttempts: 1 },
    })
    this.#active = worker
    try {
      return await worker.run({ paths, copyFile: join(folder, 'rpmdb.sqlite') })
    } finally {
      this.#active = undefined
      await worker[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#active?.[Symbol.asyncDispose]()
  }
}
