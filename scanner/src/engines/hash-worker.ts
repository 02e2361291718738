import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { IS_MD5_ALLOWED } from './md5.js'
import { answerTask, TaskRefusal, type WorkerTask } from './worker.js'

const CHUNK_BYTES = 256 * 1024
const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)

/** Hashes and size of the content that was read. */
export interface HashResult {
  /** 32 bytes. */
  readonly sha256: Uint8Array
  /** 32 hexadecimal digits; undefined where MD5 is not allowed. */
  readonly md5: string | undefined
  readonly sizeBytes: number
}

export interface HashTask {
  readonly fd: number
  readonly maxBytes: number
}

function hashOpenFile({ fd, maxBytes }: HashTask): HashResult {
  const sha256 = createHash('sha256')
  const md5 = IS_MD5_ALLOWED ? createHash('md5') : undefined
  let position = 0
  for (;;) {
    const bytesRead = readSync(fd, chunk, 0, Math.min(CHUNK_BYTES, maxBytes - position), position)
    if (bytesRead === 0) return { sha256: new Uint8Array(sha256.digest()), md5: md5?.digest('hex'), sizeBytes: position }
    const read = chunk.subarray(0, bytesRead)
    sha256.update(read)
    md5?.update(read)
    position += bytesRead
  }
}

/** The system's error is the fault of the file. */
function hash(task: HashTask): HashResult {
  try {
    return hashOpenFile(task)
  } catch (error) {
    throw error instanceof Error && 'errno' in error ? new TaskRefusal('ENGINE_ERROR', error.message) : error
  }
}

parentPort?.on('message', async (message: WorkerTask<HashTask>) => {
  parentPort?.postMessage(await answerTask(message, hash))
})
