import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { processWorkers } from '@guardimesh/scanner/engines/process-worker.js'
import { threadWorkers } from '@guardimesh/scanner/engines/thread-worker.js'
import type { StartWorker } from '@guardimesh/scanner/engines/worker.js'
import { type MemoryLimit, type ReplacementCause, WorkerPool } from '@guardimesh/scanner/engines/worker-pool.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Responds with its task; some tasks cause it to fail, exit, grow or never respond, in JavaScript or in native code. */
const RUN = `
  import { pbkdf2Sync } from 'node:crypto'
  const kept = []
  function run(task) {
    if (task === 'hang') for (;;) {}
    if (task === 'hang in native code') pbkdf2Sync('', '', 2 ** 31 - 1, 64, 'sha512')
    if (task === 'die') process.exit(3)
    if (task === 'fail') throw new TypeError('broken')
    if (task === 'refuse') throw new TaskRefusal('ENGINE_TIMEOUT', 'refused')
    if (task === 'grow') kept.push(Buffer.alloc(64 * 1024 * 1024, 1))
    if (task === 'wait') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    return ['grow', 'wait', 'worker'].includes(task) ? worker() : task
  }
`
const engines = new URL('../../dist/engines/', import.meta.url)
const THREAD = `
  import { parentPort, threadId } from 'node:worker_threads'
  import { answerTask, TaskRefusal } from '${new URL('worker.js', engines)}'
  const worker = () => String(threadId)
  ${RUN}
  parentPort.on('message', async (message) => parentPort.postMessage(await answerTask(message, run)))
`
const PROCESS = `
  import { serveTasks } from '${new URL('process-worker.js', engines)}'
  import { TaskRefusal } from '${new URL('worker.js', engines)}'
  const worker = () => String(process.pid)
  ${RUN}
  serveTasks((data) => (data === 'broken' ? JSON.parse('{') : run))
`
let folder: string
const scriptAt = (name: string) => new URL(`file://${folder}/${name}`)
const threads = () => threadWorkers<string, string>({ script: scriptAt('thread.mjs') })
const processes = (data = '') => processWorkers<string, string>({ script: scriptAt('process.mjs'), data })

beforeAll(async () => {
  folder = await temporaryFolder('workers')
  writeFileSync(join(folder, 'thread.mjs'), THREAD)
  writeFileSync(join(folder, 'process.mjs'), PROCESS)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

/** Only for tasks that hang: the start of a worker can take seconds on a busy machine. */
const HANG_TIMEOUT_MS = 500

interface PoolSettings {
  readonly start: StartWorker<string, string>
  readonly workerCount?: number
  readonly memoryLimit?: MemoryLimit
}

/** Pool that records why its workers were replaced. */
function poolOf({ start, workerCount = 1, memoryLimit }: PoolSettings) {
  const causes: ReplacementCause[] = []
  const limits = memoryLimit ? { memoryLimit } : {}
  const pool = new WorkerPool<string, string>({
    start,
    workerCount,
    timeoutMs: 30_000,
    ...limits,
    onReplaced: (cause) => causes.push(cause),
  })
  return { pool, causes }
}

describe.each([
  { kind: 'threads', start: threads },
  { kind: 'processes', start: processes },
])('pool of $kind', ({ start }) => {
  test('isolates tasks that hang, crash, fail or are refused', async () => {
    const { pool, causes } = poolOf({ start: start(), workerCount: 2 })
    const tasks = ['a', 'hang', 'b', 'die', 'c', 'fail', 'd', 'refuse', 'e']
    const outcomes = await Promise.allSettled(tasks.map((task) => (task === 'hang' ? pool.run(task, HANG_TIMEOUT_MS) : pool.run(task))))
    const results = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.code))
    expect(results).toEqual(['a', 'ENGINE_TIMEOUT', 'b', 'ENGINE_ERROR', 'c', 'ENGINE_ERROR', 'd', 'ENGINE_TIMEOUT', 'e'])
    expect(causes.sort()).toEqual(['crash', 'crash', 'failure', 'failure', 'timeout', 'timeout'])
    await pool[Symbol.asyncDispose]()
  })

  test('keeps a worker after a refusal, and replaces it after a failure', async () => {
    const { pool, causes } = poolOf({ start: start() })
    const first = await pool.run('worker')
    await expect(pool.run('refuse')).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT', message: 'refused' })
    expect(await pool.run('worker')).toBe(first)
    await expect(pool.run('fail')).rejects.toMatchObject({ code: 'ENGINE_ERROR', message: 'broken' })
    expect(await pool.run('worker')).not.toBe(first)
    expect(causes).toEqual(['failure', 'failure'])
    await pool[Symbol.asyncDispose]()
  })

  test('gives a task to the worker that is idle for the longest time', async () => {
    const { pool } = poolOf({ start: start(), workerCount: 2 })
    const [first, second] = await Promise.all([pool.run('wait'), pool.run('wait')])
    const next = [await pool.run('worker'), await pool.run('worker'), await pool.run('worker')]
    expect(new Set(next.slice(0, 2))).toEqual(new Set([first, second]))
    expect(next[2]).toBe(next[0])
    await pool[Symbol.asyncDispose]()
  })

  test('rejects waiting and new tasks after it is closed', async () => {
    const { pool } = poolOf({ start: start() })
    const waiting = Promise.allSettled([pool.run('hang'), pool.run('a')])
    await pool[Symbol.asyncDispose]()
    for (const outcome of await waiting) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ENGINE_UNAVAILABLE' } })
    await expect(pool.run('a')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })
})

const isAlive = (pid: string) => existsSync(`/proc/${pid}`)

test('repeats the task of a killed process in another one', async () => {
  const { pool, causes } = poolOf({ start: processes() })
  const killed = await pool.run('worker')
  const waiting = pool.run('wait')
  process.kill(Number(killed), 'SIGKILL')
  expect(await waiting).not.toBe(killed)
  expect(causes).toEqual(['crash'])
  await pool[Symbol.asyncDispose]()
})

test('ends a process that hangs in native code', async () => {
  const { pool, causes } = poolOf({ start: processes() })
  const hanging = await pool.run('worker')
  await expect(pool.run('hang in native code', HANG_TIMEOUT_MS)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' })
  expect(await pool.run('a')).toBe('a')
  expect(isAlive(hanging)).toBe(false)
  expect(causes).toEqual(['timeout', 'timeout'])
  await pool[Symbol.asyncDispose]()
})

test('replaces a process that exceeds its memory limit', async () => {
  const { pool, causes } = poolOf({ start: processes(), memoryLimit: { bytes: 32 * 1024 * 1024, since: 'first-answer' } })
  const first = await pool.run('worker')
  await pool.run('grow')
  await pool.run('wait')
  expect(await pool.run('worker')).not.toBe(first)
  expect(causes).toEqual(['memory'])
  expect(isAlive(first)).toBe(false)
  await pool[Symbol.asyncDispose]()
})

test('reports why a process cannot load its data', async () => {
  await using pool = poolOf({ start: processes('broken') }).pool
  await expect(pool.run('a')).rejects.toMatchObject({ code: 'ENGINE_ERROR', message: expect.stringContaining('JSON') })
})

test('hashes a file from its start without changing its offset', async () => {
  await using pool = new HashPool()
  const path = join(folder, 'content')
  const content = Buffer.alloc(1_000_000, 'content')
  writeFileSync(path, content)
  const fd = openSync(path, 'r')
  readSync(fd, Buffer.alloc(7), 0, 7, null)
  const { sha256, md5, sizeBytes } = await pool.hash(fd, content.length)
  expect(md5).toBe(createHash('md5').update(content).digest('hex'))
  expect(Buffer.from(sha256).toString('hex')).toBe(createHash('sha256').update(content).digest('hex'))
  expect(sizeBytes).toBe(content.length)
  const next = Buffer.alloc(7)
  readSync(fd, next, 0, 7, null)
  expect(next.toString()).toBe('content')
  expect((await pool.hash(fd, 1000)).sizeBytes).toBe(1001)
  closeSync(fd)
  await expect(pool.hash(fd, 1000)).rejects.toMatchObject({ code: 'ENGINE_ERROR' })
})
