import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { aRecord, drain, nameOf, openSpool, temporaryFolder } from './spool-builders.js'

const manyNames = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

describe('regular operation', () => {
  test('returns appended records, findings first, each kind oldest first', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path)
    await spool.append([aRecord('clean-1')])
    await Promise.all([spool.append([aRecord('finding-1', 2)]), spool.append([aRecord('clean-2'), aRecord('finding-2', 1)])])
    expect(spool.results).toBe(4)
    expect(await drain(spool)).toEqual(['finding-1', 'finding-2', 'clean-1', 'clean-2'])
    expect(spool.isEmpty).toBe(true)
    expect(spool.sizeBytes).toBe(0)
  })

  test('keeps unacknowledged records across a restart, and deletes acknowledged segments', async () => {
    await using folder = await temporaryFolder()
    {
      await using spool = await openSpool(folder.path)
      await spool.append(manyNames('a', 5).map((name) => aRecord(name, 1)))
      await drain(spool)
      await spool.append(manyNames('b', 5).map((name) => aRecord(name, 1)))
    }
    await using spool = await openSpool(folder.path)
    const waiting: string[] = []
    for await (const payload of spool.pendingFindings()) waiting.push(nameOf({ payload, findings: 1, atMs: 0 }))
    expect(waiting).toEqual(manyNames('b', 5))
    expect(await drain(spool)).toEqual(manyNames('b', 5))
  })

  test('accepts the acknowledgement of a part of a batch', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path)
    await spool.append(manyNames('r', 5).map((name) => aRecord(name)))
    const batch = await spool.read(4, 1 << 20)
    if (!batch) throw new Error('no batch')
    const remaining = await spool.acknowledge(batch, 1)
    expect(remaining.records.map(nameOf)).toEqual(['r1', 'r2', 'r3'])
    expect(await drain(spool)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  test('resolves whenNotEmpty after an append and on abort', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path)
    const waiting = spool.whenNotEmpty(new AbortController().signal)
    await spool.append([aRecord('one')])
    await waiting
    await drain(spool)
    const stop = new AbortController()
    const aborted = spool.whenNotEmpty(stop.signal)
    stop.abort()
    await aborted
  })
})

describe('a full spool', () => {
  const padding = 'i'.repeat(400)

  test('drops the oldest clean results, keeps all findings, and counts the dropped results', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path, 64 * 1024)
    for (const name of manyNames('f', 40)) await spool.append([aRecord(name, 1, padding)])
    for (const name of manyNames('c', 200)) await spool.append([aRecord(name, 0, padding)])
    expect(spool.sizeBytes).toBeLessThanOrEqual(64 * 1024)
    const gaps = spool.gaps.readForSending()
    expect(gaps).toHaveLength(1)
    const names = await drain(spool)
    expect(names.filter((name) => name.startsWith('f'))).toEqual(manyNames('f', 40))
    const clean = names.filter((name) => name.startsWith('c'))
    expect(clean).toEqual(manyNames('c', 200).slice(-clean.length))
    expect(gaps[0]).toMatchObject({ reason: 'spool_full', cleanResults: 200 - clean.length, findingResults: 0, findings: 0 })
  })

  test('drops findings last, and never in favour of a clean result', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path, 32 * 1024)
    for (const name of manyNames('f', 100)) await spool.append([aRecord(name, 3, padding)])
    const kept = spool.results
    expect(kept).toBeLessThan(100)
    const [first] = spool.gaps.readForSending()
    expect(first).toMatchObject({ reason: 'spool_full', cleanResults: 0, findingResults: 100 - kept, findings: 3 * (100 - kept) })
    for (const name of manyNames('c', 100)) await spool.append([aRecord(name, 0, padding)])
    expect((await drain(spool)).filter((name) => name.startsWith('f'))).toEqual(manyNames('f', 100).slice(-kept))
  })

  test('does not drop the batch that is being sent', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path, 32 * 1024)
    for (const name of manyNames('c', 20)) await spool.append([aRecord(name, 0, padding)])
    const batch = await spool.read(3, 1 << 20)
    if (!batch) throw new Error('no batch')
    for (const name of manyNames('d', 200)) await spool.append([aRecord(name, 0, padding)])
    await spool.acknowledge(batch, 3)
    const lost = spool.gaps.readForSending().reduce((sum, gap) => sum + gap.cleanResults, 0)
    const names = await drain(spool)
    expect(names.slice(0, 2)).toEqual(['c3', 'c4'])
    expect(names.length + 3 + lost).toBe(220)
  })

  test('counts a gap once when the process is killed while it drops a segment', async () => {
    await using folder = await temporaryFolder()
    {
      await using spool = await openSpool(folder.path)
      await spool.append(manyNames('f', 9).map((name) => aRecord(name, 2)))
    }
    const [segment] = (await readdir(folder.path)).filter((name) => name.endsWith('.seg'))
    await rename(join(folder.path, String(segment)), join(folder.path, `${segment}.dropped`))
    for (let restart = 0; restart < 2; restart++) {
      await using spool = await openSpool(folder.path)
      expect(spool.gaps.readForSending()).toMatchObject([{ reason: 'spool_full', findingResults: 9, findings: 18 }])
      expect(spool.results).toBe(0)
    }
  })
})

describe('damage', () => {
  test('skips and counts a damaged record', async () => {
    await using folder = await temporaryFolder()
    {
      await using spool = await openSpool(folder.path)
      await spool.append(manyNames('f', 9).map((name) => aRecord(name, 2)))
    }
    const [segment] = (await readdir(folder.path)).filter((name) => name.endsWith('.seg'))
    const path = join(folder.path, String(segment))
    const bytes = await readFile(path)
    bytes[bytes.indexOf('f4')] = 0x58
    await writeFile(path, bytes)
    await using spool = await openSpool(folder.path)
    expect(spool.gaps.readForSending()).toMatchObject([{ reason: 'spool_corrupt', findingResults: 1, findings: 2 }])
    expect(await drain(spool)).toEqual(['f0', 'f1', 'f2', 'f3', 'f5', 'f6', 'f7', 'f8'])
  })

  test('counts damage during operation as a gap and continues', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path)
    await spool.append(manyNames('f', 3).map((name) => aRecord(name, 1)))
    const [segment] = (await readdir(folder.path)).filter((name) => name.endsWith('.seg'))
    await writeFile(join(folder.path, String(segment)), 'not a record')
    expect(await spool.read(10, 1 << 20)).toBeUndefined()
    expect(spool.gaps.readForSending()).toMatchObject([{ reason: 'spool_corrupt', findingResults: 3 }])
  })
})

/** Writes results until it is killed, and prints the name of each durably stored result. */
const WRITER = `
  import { Spool } from ${JSON.stringify(resolve(import.meta.dirname, '../../dist/report/spool.js'))}
  import { messages } from '@guardimesh/contracts'
  import { createLogger, uuidV7 } from '@guardimesh/kit'
  const spool = await Spool.open({ folder: process.argv[1], maxBytes: 1 << 26, log: createLogger('writer', 'silent') })
  for (let n = 0; ; n++) {
    const names = [0, 1, 2].map((part) => process.argv[2] + '-' + n + '-' + part)
    await spool.append(names.map((containerId, part) => ({
      payload: messages.ClamResult.encode({ containerId, image: 'x'.repeat(n * 37 % 3000) }).finish(), findings: part % 2, atMs: Date.now(),
    })))
    process.stdout.write(names.join('\\n') + '\\n')
  }`

test('keeps all acknowledged records when the process is killed at random times', async () => {
  await using folder = await temporaryFolder()
  const durable: string[] = []
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder.path, `round${round}`], {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface(child.stdout).on('line', (line) => durable.push(line))
    await once(lines, 'line')
    setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 80)
    await once(child, 'close')
  }
  await using spool = await openSpool(folder.path)
  expect(spool.gaps.isEmpty).toBe(true)
  const kept = await drain(spool)
  expect(durable.length).toBeGreaterThan(24)
  expect(kept).toEqual(expect.arrayContaining(durable))
  expect(new Set(kept).size).toBe(kept.length)
}, 60_000)
