import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { WorkerPool } from '@guardimesh/scanner/engines/worker-pool.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Responds with its task; some tasks cause it to fail, exit or never respond. */
const SCRIPT = `
  import { parentPort } from 'node:worker_threads'
  parentPort.on('message', ({ taskId, task }) => {
    if (task === 'hang') for (;;) {}
    if (task === 'die') throw new Error('dead')
    parentPort.postMessage(task === 'fail' ? { taskId, failure: 'refused' } : { taskId, result: task })
  })
`
let folder: string
let script: URL
beforeAll(async () => {
  folder = await temporaryFolder('workers')
  writeFileSync(join(folder, 'worker.mjs'), SCRIPT)
  script = new URL(`file://${folder}/worker.mjs`)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

test('isolates tasks that hang, crash or fail', async () => {
  await using pool = new WorkerPool<string, string>({ script, threadCount: 2, timeoutMs: 1000 })
  const tasks = ['a', 'hang', 'b', 'die', 'c', 'fail', 'd', 'e']
  const outcomes = await Promise.allSettled(tasks.map((task) => pool.run(task)))
  const results = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.code))
  expect(results).toEqual(['a', 'ENGINE_TIMEOUT', 'b', 'ENGINE_ERROR', 'c', 'ENGINE_ERROR', 'd', 'e'])
})

test('rejects waiting and new tasks after it is closed', async () => {
  const pool = new WorkerPool<string, string>({ script, threadCount: 1, timeoutMs: 10_000 })
  const waiting = Promise.allSettled([pool.run('hang'), pool.run('a')])
  await pool[Symbol.asyncDispose]()
  for (const outcome of await waiting) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ENGINE_UNAVAILABLE' } })
  await expect(pool.run('a')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
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
