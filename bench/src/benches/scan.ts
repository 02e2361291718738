import { cp, mkdir, opendir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { type BenchPlatform, pathInContainer, say, withPlatform } from '../platform.js'
import type { Measurement } from '../report.js'
import { restartScannerWith } from '../scan-config.js'
import { scanNow, untilIdle } from '../scan-now.js'
import { BENCH_SIGNATURES, writeSignatureSet } from '../signature-set.js'
import { medianBy } from '../statistics.js'

/** Sources of a realistic tree: programs, libraries, scripts and documents of this machine. */
const TREE_SOURCES = ['/usr/bin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/python3', '/usr/share/perl', '/usr/share/doc']
const SOURCE_BYTES = 40 * MIB_BYTES
const FILE_MAX_BYTES = 16 * MIB_BYTES
const ROUNDS = 9
/** Four for each of clamd's threads, so that no thread is idle: `--multiscan` submits as many files as clamd accepts. */
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
 * `scan-cold`: scan of a realistic tree in a container's writable layer with empty caches, against `clamdscan --fdpass --multiscan` on the same
 * layer with the same clamd. `scan-warm`: the same scan again without changes. clamd's cache and the obfuscation scanner, which clamdscan does
 * not have, are disabled.
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
      const tree = await copyTree(pathInContainer(platform.container, TREE))
      say(`copied ${tree.files} files, ${Math.round(tree.bytes / MIB_BYTES)} MiB into the container`)
      const taken: Round[] = []
      for (let round = 0; round < ROUNDS; round++) taken.push(await measureRound(platform, tree, round % 2 === 0))
      return taken
    },
  )
  return [coldMeasurement(rounds), warmMeasurement(rounds)]
}

interface Tree {
  readonly files: number
  readonly bytes: number
}

async function measureRound(platform: BenchPlatform, tree: Tree, isPeerFirst: boolean): Promise<Round> {
  const { env, container } = platform
  await untilIdle(env.folders.run)
  // Alternate the order, because other load of the machine varies.
  const peerFirstMs = isPeerFirst ? await clamdscanMs(platform) : undefined
  const cold = await scanNow(env.folders.run, container.containerId, true)
  const peerMs = peerFirstMs ?? (await clamdscanMs(platform))
  const warm = await scanNow(env.folders.run, container.containerId, false)
  // A cold scan inspects each content once: the few duplicate files count as cached.
  const seen = cold.filesScanned + cold.filesCached
  if (seen < tree.files || cold.filesScanned < tree.files * 0.9 || warm.filesCached < tree.files)
    throw new Error(`the scans are not comparable: ${JSON.stringify({ tree, cold, warm })}`)
  say(`clamdscan ${Math.round(peerMs)} ms, cold ${Math.round(cold.tookMs)} ms, warm ${warm.tookMs.toFixed(1)} ms`)
  return { coldMs: cold.tookMs, warmMs: warm.tookMs, peerMs, bytes: tree.bytes, files: tree.files }
}

async function clamdscanMs({ env, container }: BenchPlatform): Promise<number> {
  const settings = join(env.folders.clamd, 'clamd.conf')
  const startedAt = performance.now()
  await runChecked('clamdscan', ['--fdpass', '--multiscan', '--no-summary', '--infected', `--config-file=${settings}`, container.upperdir])
  return performance.now() - startedAt
}

/** Copies files of each source up to a total size, without links, empty files and very large files. */
async function copyTree(target: string): Promise<Tree> {
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

/** Of the round in the middle: what else the machine does weighs on the two of a round alike, and not on all rounds. */
function coldMeasurement(rounds: readonly Round[]): Measurement {
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

function warmMeasurement(rounds: readonly Round[]): Measurement {
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
