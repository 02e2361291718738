import { cp, mkdir, opendir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { runProgram } from '@guardimesh/kit'
import { type BenchPlatform, logProgress, pathInContainer, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { restartScannerWith } from '../scan-config.js'
import { scanNow, waitUntilIdle } from '../scan-now.js'
import { BENCH_SIGNATURES, writeSignatureSet } from '../signature-set.js'
import { medianBy } from '../statistics.js'

/** Sources of a realistic tree: programs, libraries, scripts and documents of this machine. */
const TREE_SOURCES = ['/usr/bin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/python3', '/usr/share/perl', '/usr/share/doc']
const SOURCE_BYTES = 40 * MIB_BYTES
const FILE_MAX_BYTES = 16 * MIB_BYTES
const ROUNDS = 9
/** Four per clamd thread, so that no thread waits for its next file. `--multiscan` uses as many threads as clamd has, too. */
const CONCURRENT_SCANS = 8
const TREE = '/srv/tree'

interface Round {
  readonly coldMs: number
  readonly warmMs: number
  readonly peerMs: number
  readonly bytes: number
  readonly files: number
}

/**
 * `scan-cold`: scans a container's writable layer with a realistic tree and an empty verdict cache, against `clamdscan --fdpass
 * --multiscan` on the same layer with the same clamd. `scan-warm`: scans the unchanged layer again. clamd's own cache is off, and so is the
 * obfuscation scanner, which has no counterpart in clamdscan.
 */
export async function measureScan(): Promise<Measurement[]> {
  const rounds = await withPlatform(
    { settings: { clamd: { DisableCache: 'yes' } }, writeSignatures: writeSignatureSet },
    async (platform) => {
      await restartScannerWith(platform, (config) => ({
        ...config,
        activeScan: true,
        scheduledScan: false,
        maxFileSizeBytes: 2 * FILE_MAX_BYTES,
        features: { ...config.features, fanotify: false, obfuscation: false },
        budgets: { ...config.budgets, concurrentScans: CONCURRENT_SCANS },
      }))
      const tree = await copyTreeInto(pathInContainer(platform.container, TREE))
      logProgress(`copied ${tree.files} files, ${Math.round(tree.bytes / MIB_BYTES)} MiB into the container`)
      const measured: Round[] = []
      for (let round = 0; round < ROUNDS; round++) measured.push(await measureRound(platform, tree, round % 2 === 0))
      return measured
    },
  )
  return [buildColdMeasurement(rounds), buildWarmMeasurement(rounds)]
}

interface Tree {
  readonly files: number
  readonly bytes: number
}

async function measureRound(platform: BenchPlatform, tree: Tree, isPeerFirst: boolean): Promise<Round> {
  const { env, container } = platform
  await waitUntilIdle(env.folders.run)
  // Alternate the order, because the load of the machine varies over time.
  const peerFirstMs = isPeerFirst ? await measureClamdscan(platform) : undefined
  const cold = await scanNow(env.folders.run, container.containerId, true)
  const peerMs = peerFirstMs ?? (await measureClamdscan(platform))
  const warm = await scanNow(env.folders.run, container.containerId, false)
  // A cold scan scans each content once, so the few duplicate files count as cached. Some libraries have a format that is only reported.
  const total = cold.filesScanned + cold.filesCached + cold.filesNotScanned
  if (total < tree.files || cold.filesScanned < tree.files * 0.9 || warm.filesCached + warm.filesNotScanned < tree.files)
    throw new Error(`the scans are not comparable: ${JSON.stringify({ tree, cold, warm })}`)
  logProgress(`clamdscan ${Math.round(peerMs)} ms, cold ${Math.round(cold.durationMs)} ms, warm ${warm.durationMs.toFixed(1)} ms`)
  return { coldMs: cold.durationMs, warmMs: warm.durationMs, peerMs, bytes: tree.bytes, files: tree.files }
}

async function measureClamdscan({ env, container }: BenchPlatform): Promise<number> {
  const settings = join(env.folders.clamd, 'clamd.conf')
  const startedAt = performance.now()
  const args = ['--fdpass', '--multiscan', '--no-summary', '--infected', `--config-file=${settings}`, container.upperdir]
  const { exitCode, stderr } = await runProgram('clamdscan', args)
  const durationMs = performance.now() - startedAt
  // 1: the format signatures match libraries that clamd does not unpack.
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`clamdscan failed with exit code ${exitCode}: ${stderr}`)
  return durationMs
}

/** Copies up to SOURCE_BYTES from each source. Skips links, empty files and very large files. */
async function copyTreeInto(target: string): Promise<Tree> {
  let files = 0
  let bytes = 0
  for (const source of TREE_SOURCES) {
    const bytesBefore = bytes
    const folder = await opendir(source, { recursive: true }).catch(() => undefined)
    if (!folder) continue
    for await (const entry of folder) {
      if (!entry.isFile() || bytes - bytesBefore >= SOURCE_BYTES) continue
      const path = join(entry.parentPath, entry.name)
      const { size } = await stat(path)
      if (size === 0 || size > FILE_MAX_BYTES) continue
      await mkdir(dirname(join(target, path)), { recursive: true })
      await cp(path, join(target, path))
      files++
      bytes += size
    }
  }
  return { files, bytes }
}

const SETTINGS = { signatures: BENCH_SIGNATURES, concurrentScans: CONCURRENT_SCANS, isClamdCacheOff: true }
const megabytesPerSecond = (bytes: number, ms: number) => bytes / 1e6 / (ms / 1000)

/** Uses the round with the median ratio: other load on the machine affects both values of a round, but not all rounds. */
function buildColdMeasurement(rounds: readonly Round[]): Measurement {
  const { bytes, coldMs, peerMs } = medianBy(rounds, (round) => round.peerMs / round.coldMs)
  const value = megabytesPerSecond(bytes, coldMs)
  const peerValue = megabytesPerSecond(bytes, peerMs)
  const ratio = value / peerValue
  const peer = 'clamdscan--fdpass--multiscan'
  return {
    name: 'scan-cold',
    value,
    unit: 'MB/s',
    peer,
    peerValue,
    ratio,
    bar: 'ratio >= 1.0',
    isMet: ratio >= 1,
    details: { ...SETTINGS, rounds },
  }
}

function buildWarmMeasurement(rounds: readonly Round[]): Measurement {
  const { bytes, coldMs, warmMs } = medianBy(rounds, (round) => round.coldMs / round.warmMs)
  const value = megabytesPerSecond(bytes, warmMs)
  const peerValue = megabytesPerSecond(bytes, coldMs)
  const ratio = value / peerValue
  return {
    name: 'scan-warm',
    value,
    unit: 'MB/s',
    peer: 'scan-cold',
    peerValue,
    ratio,
    bar: 'ratio >= 100',
    isMet: ratio >= 100,
    details: { ...SETTINGS, rounds },
  }
}
