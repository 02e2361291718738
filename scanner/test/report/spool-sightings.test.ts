import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { messages } from '@guardimesh/contracts'
import type { Spool } from '@guardimesh/scanner/report/spool.js'
import { describe, expect, test } from 'vitest'
import { aRecord, aSightingsRecord, drain, openSpool, temporaryFolder } from './spool-builders.js'

const MIB = 1 << 20

/** Reads and acknowledges all sightings of a spool. @returns the container ids. */
async function drainSightings(spool: Spool): Promise<string[]> {
  const ids: string[] = []
  for (let batch = await spool.read(3, MIB, 'sightings'); batch; batch = await spool.read(3, MIB, 'sightings')) {
    for (const { payload } of batch.records)
      ids.push(...messages.ClamResultBatch.decode(payload).sightings.map((one) => one.containerId ?? ''))
    await spool.acknowledge(batch, batch.records.length)
  }
  return ids
}

test('keeps sightings across a restart, and separates the lanes', async () => {
  await using folder = await temporaryFolder()
  {
    await using spool = await openSpool(folder.path)
    await spool.appendSightings([aSightingsRecord('a', 2), aSightingsRecord('b', 1)])
    await spool.append([aRecord('clean')])
  }
  await using spool = await openSpool(folder.path)
  expect(spool.results).toBe(1)
  const [results, sightings] = [await spool.read(9, MIB), await spool.read(9, MIB, 'sightings')]
  expect([results?.records.length, sightings?.records.length]).toEqual([1, 2])
  expect(await drain(spool)).toEqual(['clean'])
  expect(spool.isEmpty).toBe(false)
  expect(await drainSightings(spool)).toEqual(['a', 'a', 'b'])
  expect(spool.isEmpty).toBe(true)
})

test('does not wake the sightings lane for results', async () => {
  await using folder = await temporaryFolder()
  await using spool = await openSpool(folder.path)
  const woken: string[] = []
  const stop = new AbortController()
  const results = spool.whenNotEmpty(stop.signal).then(() => woken.push('results'))
  const sightings = spool.whenNotEmpty(stop.signal, 'sightings').then(() => woken.push('sightings'))
  await spool.append([aRecord('one')])
  await results
  expect(woken).toEqual(['results'])
  await spool.appendSightings([aSightingsRecord('a', 1)])
  await sightings
})

describe('a full spool', () => {
  const padding = 'i'.repeat(400)
  const fill = async (spool: Spool, count: number) => {
    for (let n = 0; n < count; n++) await spool.appendSightings([aSightingsRecord(`s${n}`, 2, padding)])
  }

  test('drops sightings before any result, oldest first, and counts them', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path, 64 * 1024)
    await fill(spool, 60)
    for (let n = 0; n < 60; n++) await spool.append([aRecord(`c${n}`, n % 2, padding)])
    expect(spool.sizeBytes).toBeLessThanOrEqual(64 * 1024)
    const gaps = spool.gaps.readForSending()
    expect((await drain(spool)).length).toBe(60)
    const kept = await drainSightings(spool)
    expect(kept.at(-1)).toBe('s59')
    expect(gaps).toMatchObject([{ reason: 'spool_full', sightings: 120 - kept.length, cleanResults: 0, findingResults: 0, findings: 0 }])
    expect(kept.length).toBeLessThan(120)
  })

  test('rejects sightings if it contains only results, and counts them', async () => {
    await using folder = await temporaryFolder()
    await using spool = await openSpool(folder.path, 32 * 1024)
    for (let n = 0; n < 200; n++) await spool.append([aRecord(`c${n}`, 0, padding)])
    const before = spool.gaps.readForSending()
    await fill(spool, 40)
    const added = spool.gaps.readForSending().filter((gap) => !before.some(({ gapId }) => gapId === gap.gapId))
    const kept = await drainSightings(spool)
    expect(added.reduce((sum, gap) => sum + gap.sightings, 0)).toBe(80 - kept.length)
    expect(added.every(({ cleanResults }) => cleanResults === 0)).toBe(true)
  })

  test('counts sightings once when the process is killed while it drops them', async () => {
    await using folder = await temporaryFolder()
    {
      await using spool = await openSpool(folder.path)
      await spool.appendSightings([aSightingsRecord('a', 7), aSightingsRecord('b', 2)])
    }
    const [segment] = (await readdir(folder.path)).filter((name) => name.endsWith('.seg'))
    await rename(join(folder.path, String(segment)), join(folder.path, `${segment}.dropped`))
    for (let restart = 0; restart < 2; restart++) {
      await using spool = await openSpool(folder.path)
      expect(spool.gaps.readForSending()).toMatchObject([{ reason: 'spool_full', sightings: 9, findingResults: 0, findings: 0 }])
    }
  })
})
