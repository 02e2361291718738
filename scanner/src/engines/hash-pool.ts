import { hash as hashBytes } from 'node:crypto'
import { readSync } from 'node:fs'
import { KIB_BYTES, MINUTE_MS } from '@guardimesh/contracts/units'
import type { HashResult, HashTask } from './hash-worker.js'
import { IS_MD5_ALLOWED } from './md5.js'
import { threadWorkers } from './thread-worker.js'
import { WorkerPool } from './worker-pool.js'

/** Enough for the slowest disk to read 2 GiB. */
const TIMEOUT_MS = 5 * MINUTE_MS

/** File contents are outside the heap; with these limits a thread needs 6 MB instead of 16. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 }

/** Hashing this much takes 0.2 ms, which is less than waking up a thread. */
const INLINE_HASH_MAX_BYTES = 64 * KIB_BYTES
const smallFile = Buffer.allocUnsafeSlow(INLINE_HASH_MAX_BYTES + 1)

/** Computes SHA-256 and MD5 of open files in worker threads. Uses positional reads, because the descriptor's offset is shared with clamd. */
export class HashPool implements AsyncDisposable {
  readonly #workers: WorkerPool<HashTask, HashResult>

  /** @param threadCount one thread hashes much faster than one clamd thread scans. */
  constructor(threadCount = 1) {
    const script = new URL('./hash-worker.js', import.meta.url)
    const start = threadWorkers<HashTask, HashResult>({ script, resourceLimits: RESOURCE_LIMITS })
    this.#workers = new WorkerPool({ start, workerCount: threadCount, timeoutMs: TIMEOUT_MS })
  }

  /**
   * Hashes a file from its start to its end.
   *
   * @param fd stays open until the promise settles: threads share the process's descriptors by number.
   * @param sizeBytes size of the file. At most one byte more is read, so that a growing file ends.
   * @param isInMemory the content is in the page cache, so a small file is hashed synchronously.
   * @throws GuardError ENGINE_ERROR with the system's reason when the file cannot be read.
   */
  async hash(fd: number, sizeBytes: number, isInMemory = false): Promise<HashResult> {
    return (isInMemory ? hashInline(fd, sizeBytes) : undefined) ?? (await this.#workers.run({ fd, maxBytes: sizeBytes + 1 }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#workers[Symbol.asyncDispose]()
  }
}

/** @returns undefined for a larger or changed file, or after an error, which the thread then reports. */
function hashInline(fd: number, sizeBytes: number): HashResult | undefined {
  if (sizeBytes > INLINE_HASH_MAX_BYTES) return undefined
  try {
    // One more byte is read to detect a file that has grown.
    if (readSync(fd, smallFile, 0, sizeBytes + 1, 0) !== sizeBytes) return undefined
  } catch {
    return undefined
  }
  const content = smallFile.subarray(0, sizeBytes)
  const md5 = IS_MD5_ALLOWED ? hashBytes('md5', content) : undefined
  return { sha256: new Uint8Array(hashBytes('sha256', content, 'buffer')), md5, sizeBytes }
}
