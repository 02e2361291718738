import { closeSync, openSync, writeSync } from 'node:fs'
import { FindingPage } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { type BenchPlatform, logProgress, pathInContainer, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { median, percentile } from '../statistics.js'
import { encodeAsWhiteSpace } from '../white-space.js'

const SAMPLES = 200
/** Interval between files, long enough that findings do not queue. */
const INTERVAL_MS = 40
const TIMEOUT_MS = 10_000
const BAR_P50_MS = 150
const BAR_P99_MS = 1000

/**
 * Measures the time from closing a file in a container until the API lists its finding. Each file has unique content (the EICAR string
 * followed by a number encoded as white space), so that no verdict is cached.
 */
export async function measureNotice(): Promise<Measurement[]> {
  const samplesMs = await withPlatform({}, async (platform) => {
    await measureOne(platform, -1)
    logProgress(`writing ${SAMPLES} files one at a time`)
    const durationsMs: number[] = []
    for (let index = 0; index < SAMPLES; index++) {
      durationsMs.push(await measureOne(platform, index))
      await sleep(INTERVAL_MS)
    }
    return durationsMs
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

/** @returns the duration in milliseconds. @throws Error if the API does not list the finding in time. */
async function measureOne({ api, container }: BenchPlatform, index: number): Promise<number> {
  const path = `/tmp/notice-${index}`
  const fd = openSync(pathInContainer(container, path), 'w')
  writeSync(fd, Buffer.concat([eicarBytes(), Buffer.from(encodeAsWhiteSpace(index + 2))]))
  closeSync(fd)
  const closedAt = performance.now()
  const query = `/api/findings?limit=5&pod=${container.podName}`
  while (performance.now() - closedAt < TIMEOUT_MS) {
    const page = await api.get(query, FindingPage)
    if (page.items.some((finding) => finding.path === path)) return performance.now() - closedAt
    await sleep(2)
  }
  throw new Error(`the API did not list a finding for ${path} within ${TIMEOUT_MS} ms`)
}
