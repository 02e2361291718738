import { closeSync, openSync, writeSync } from 'node:fs'
import { FindingPage } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { type BenchPlatform, pathInContainer, say, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { median, percentile } from '../statistics.js'

const SAMPLES = 200
/** Interval between events, long enough to measure the latency of single findings without queueing. */
const PAUSE_MS = 40
const GIVE_UP_MS = 10_000
const BAR_P50_MS = 150
const BAR_P99_MS = 1000

/**
 * Time between closing a file in a container and the API listing its finding. Each file has unique content (the EICAR string, followed by
 * white space that encodes a number), so that its verdict is not cached.
 */
export async function measureNotice(): Promise<Measurement[]> {
  const samplesMs = await withPlatform({}, async (platform) => {
    await noticeOne(platform, -1)
    say(`writing ${SAMPLES} files, one after the other`)
    const taken: number[] = []
    for (let index = 0; index < SAMPLES; index++) {
      taken.push(await noticeOne(platform, index))
      await sleep(PAUSE_MS)
    }
    return taken
  })
  const p50Ms = median(samplesMs)
  const p99Ms = percentile(samplesMs, 0.99)
  return [
    {
      name: 'notice',
      value: p50Ms,
      unit: 'ms',
      peer: '-',
      peerValue: BAR_P50_MS,
      ratio: BAR_P50_MS / p50Ms,
      bar: `p50 < ${BAR_P50_MS} ms and p99 < ${BAR_P99_MS} ms`,
      isMet: p50Ms < BAR_P50_MS && p99Ms < BAR_P99_MS,
      details: { samples: SAMPLES, p50Ms, p90Ms: percentile(samplesMs, 0.9), p99Ms, maxMs: Math.max(...samplesMs) },
    },
  ]
}

/** Waits for a finding. @returns the latency in milliseconds. @throws Error at the timeout. */
async function noticeOne({ api, container }: BenchPlatform, index: number): Promise<number> {
  const path = `/tmp/notice-${index}`
  const fd = openSync(pathInContainer(container, path), 'w')
  writeSync(fd, Buffer.concat([eicarBytes(), countingSpace(index + 2)]))
  closeSync(fd)
  const closedAt = performance.now()
  const query = `/api/findings?limit=5&pod=${container.podName}`
  while (performance.now() - closedAt < GIVE_UP_MS) {
    const page = await api.get(query, FindingPage)
    if (page.items.some((finding) => finding.path === path)) return performance.now() - closedAt
    await sleep(2)
  }
  throw new Error(`${path} was not detected within ${GIVE_UP_MS} ms`)
}

/** Encodes a number as white space, which EICAR allows at its end. */
function countingSpace(count: number): Buffer {
  return Buffer.from([...count.toString(2)].map((bit) => (bit === '1' ? '\t' : ' ')).join(''))
}
