import { fileURLToPath } from 'node:url'
import { readRuleFiles } from '@guardimesh/scanner/processes/obfuscation-scanner/rule-files.js'
import { collectCorpus } from '../obfuscation/corpus.js'
import { type BuildName, measureBuild, type Pass } from '../obfuscation/measure-build.js'
import { logProgress } from '../platform.js'
import type { Measurement } from '../report.js'
import { median, medianBy } from '../statistics.js'

const STARTER_RULES = fileURLToPath(new URL('../../../scanner/signatures/yara', import.meta.url))
const ROUNDS = 3
const MIN_MEGABYTES_PER_SECOND = 30
const MAX_SCRIPT_MS = 0.5

interface Round {
  readonly native: Pass
  readonly wasm: Pass
}

/**
 * `obfuscation-speed`: scans programs and scripts of this machine with the starter rules, in native YARA-X and in its WASM build, each in a
 * process of its own. `obfuscation-speed-script`: processor time per small script. Both count the processor time of one thread.
 */
export async function measureObfuscationSpeed(): Promise<Measurement[]> {
  const corpus = await collectCorpus()
  const scripts = corpus.small.length
  logProgress(`${corpus.mixed.length} files, ${Math.round(corpus.mixedBytes / 1e6)} MB, and ${scripts} small scripts`)
  const rules = await readRuleFiles(STARTER_RULES)
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const passes = new Map<BuildName, Pass>()
    // Alternate the order, because the load of the machine varies over time.
    for (const build of round % 2 === 0 ? (['native', 'wasm'] as const) : (['wasm', 'native'] as const))
      passes.set(build, await measureBuild({ build, rules, corpus }))
    const [native, wasm] = [passes.get('native') as Pass, passes.get('wasm') as Pass]
    if (native.matches !== wasm.matches) throw new Error(`the builds differ: ${native.matches} and ${wasm.matches} matches`)
    logProgress(`native ${native.mixedMs.toFixed(0)} ms, WASM ${wasm.mixedMs.toFixed(0)} ms for the mixed files`)
    rounds.push({ native, wasm })
  }
  const details = { rounds, mixedFiles: corpus.mixed.length, mixedBytes: corpus.mixedBytes, scripts }
  return [buildSpeedMeasurement(rounds, corpus.mixedBytes, details), buildScriptMeasurement(rounds, scripts, details)]
}

type Details = Measurement['details']

function buildSpeedMeasurement(rounds: readonly Round[], bytes: number, details: Details): Measurement {
  const { native, wasm } = medianBy(rounds, (round) => round.native.mixedMs / round.wasm.mixedMs)
  const megabytesPerSecond = (ms: number) => bytes / 1e6 / (ms / 1000)
  const value = megabytesPerSecond(median(rounds.map((round) => round.native.mixedMs)))
  return {
    name: 'obfuscation-speed',
    ...{ value, unit: 'MB/s', peer: 'yara-x-wasm', peerValue: megabytesPerSecond(wasm.mixedMs) },
    ratio: wasm.mixedMs / native.mixedMs,
    bar: `value >= ${MIN_MEGABYTES_PER_SECOND} MB per second of processor time`,
    isMet: value >= MIN_MEGABYTES_PER_SECOND,
    details,
  }
}

function buildScriptMeasurement(rounds: readonly Round[], scripts: number, details: Details): Measurement {
  const { native, wasm } = medianBy(rounds, (round) => round.native.smallMs / round.wasm.smallMs)
  const value = median(rounds.map((round) => round.native.smallMs)) / scripts
  return {
    name: 'obfuscation-speed-script',
    ...{ value, unit: 'ms', peer: 'yara-x-wasm', peerValue: wasm.smallMs / scripts, ratio: wasm.smallMs / native.smallMs },
    bar: `value <= ${MAX_SCRIPT_MS} ms of processor time`,
    isMet: value <= MAX_SCRIPT_MS,
    details,
  }
}
