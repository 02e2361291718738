import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Verdict } from './engine.js'
import type { EngineGuard } from './engine-guard.js'
import { gapsOf } from './merge-verdicts.js'

/** Where a verdict comes from: a cache, a concurrent scan of the same content, or an engine. */
export type VerdictOrigin = CacheHit | 'engine'
type CacheHit = 'identity' | 'content' | 'shared'

/** Metrics of the engines. */
export class ScannerMetrics {
  /** Plain counters that are read on each scrape, because a walk over cached files counts a hundred thousand per second. */
  readonly #files: Record<Verdict['kind'], number> = { clean: 0, infected: 0, 'not-scanned': 0 }
  readonly #cacheHits: Record<CacheHit, number> = { identity: 0, content: 0, shared: 0 }
  readonly #bytes: Counter
  readonly #seconds: Histogram
  readonly #notScanned: Counter<'reason'>

  constructor(registry: Registry) {
    const registers = [registry]
    registerSumCounter(
      registry,
      { name: 'guardimesh_scanner_files_total', help: 'Files with a verdict, cached or new', labelNames: ['verdict'] },
      this.#files,
    )
    registerSumCounter(
      registry,
      {
        name: 'guardimesh_scanner_cache_hits_total',
        help: 'Verdicts without a scan: cached by identity or content, or shared with a concurrent scan of the same content',
        labelNames: ['kind'],
      },
      this.#cacheHits,
    )
    this.#bytes = new Counter({ name: 'guardimesh_scanner_bytes_total', help: 'Bytes scanned by engines', registers })
    this.#seconds = new Histogram({
      name: 'guardimesh_scanner_scan_seconds',
      help: 'Scan time of engines per file, without time in the queue',
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
      registers,
    })
    this.#notScanned = new Counter({
      name: 'guardimesh_scanner_not_scanned_total',
      help: 'Files that were not scanned or only in part, by reason',
      labelNames: ['reason'],
      registers,
    })
  }

  countVerdict(verdict: Verdict, origin: VerdictOrigin): void {
    this.#files[verdict.kind] += 1
    if (origin !== 'engine') this.#cacheHits[origin] += 1
    for (const { reason } of gapsOf(verdict)) this.#notScanned.inc({ reason })
  }

  /** Exports which engines answer. */
  registerEngines(registry: Registry, guards: readonly EngineGuard[]): void {
    new Gauge({
      name: 'guardimesh_scanner_engine_available',
      help: '1 while the engine answers, 0 while its verdicts are missing',
      labelNames: ['engine'],
      registers: [registry],
      collect() {
        for (const { name, failure } of guards) this.set({ engine: name }, failure === '' ? 1 : 0)
      },
    })
  }

  countScan(sizeBytes: number, seconds: number): void {
    this.#bytes.inc(sizeBytes)
    this.#seconds.observe(seconds)
  }
}

interface SumDeclaration {
  readonly name: string
  readonly help: string
  readonly labelNames: [string]
}

function registerSumCounter(registry: Registry, declaration: SumDeclaration, sums: Readonly<Record<string, number>>): void {
  const [label] = declaration.labelNames
  new Counter({
    ...declaration,
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, sum] of Object.entries(sums)) this.inc({ [label]: value }, sum)
    },
  })
}
