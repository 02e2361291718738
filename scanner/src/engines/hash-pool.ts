import { hash as hashBytes } from 'node:crypto'
import { readSync } from 'node:fs'
import { KIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import type { HashResult, HashTask } from './hash-worker.js'
import { IS_MD5_ALLOWED } from './md5.js'
import { WorkerPool } from './worker-pool.js'

/** The slowest disk reads 2 GiB in this time. */
const TIMEOUT_MS = 5 * MINUTE_MS

/** The bytes lie outside of the heap; a thread with these limits takes 6 MB instead of 16. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 }

/** As much as this is hashed sooner (0.2 ms) than a thread is woken up. */
const INLINE_HASH_MAX_BYTES = 64 * KIB_BYTES
const smallFile = Buffer.allocUnsafeSlow(INLINE_HASH_MAX_BYTES + 1)

/** SHA-256 and MD5 of open files, in worker threads. Reads at positions: the descriptor's offset, which clamd shares, stays. */
export class HashPool implements AsyncDisposable {
  readonly #workers: WorkerPool<HashTask, HashResult>

  /** @param threadCount one thread hashes more than one clamd thread scans, by far. */
  constructor(threadCount = 1) {
    const script = new URL('./hash-worker.js', import.meta.url)
    this.#workers = new WorkerPool({ script, threadCount, timeoutMs: TIMEOUT_MS, resourceLimits: RESOURCE_LIMITS })
  }

  /**
   * Hashes a file from its start to its end.
   *
   * @param fd stays open until the promise settles: threads share the process's descriptors by number.
   * @param sizeBytes what the file has: of one that grows meanwhile only the next byte is read, or it would never end.
   * @param isInMemory reading the file waits for no disk: a small one is hashed on the spot.
   * @throws GuardError ENGINE_ERROR with the system's reason when the file cannot be read.
   */
  async hash(fd: number, sizeBytes: number, isInMemory = false): Promise<HashResult> {
    return (isInMemory ? hashInline(fd, sizeBytes) : undefined) ?? (await this.#workers.run({ fd, maxBytes: sizeBytes + 1 }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#workers[Symbol.asyncDispose]()
  }
}

/** @returns undefined for a file that is larger, that changes, or that the thread shall tell about. */
function hashInline(fd: number, sizeBytes: number): HashResult | undefined {
  if (sizeBytes > INLINE_HASH_MAX_BYTES) return undefined
  try {
    // One byte more is asked for: a file that grew shows.
    if (readSync(fd, smallFile, 0, sizeBytes + 1, 0) !== sizeBytes) return undefined
  } catch {
    return undefined
  }
  const content = smallFile.subarray(0, sizeBytes)
  const md5 = IS_MD5_ALLOWED ? hashBytes('md5', content) : undefined
  return { sha256: new Uint8Array(hashBytes('sha256', content, 'buffer')), md5, sizeBytes }
}
