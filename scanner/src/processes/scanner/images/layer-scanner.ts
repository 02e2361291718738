import type { CoverageReasonName } from '@guardimesh/contracts/detection/coverage-reason'
import type { ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import type { FoundFile } from '../../../sources/found-file.js'
import { imageLayerFiles } from '../../../sources/image-layer.js'
import type { FileOutcome } from '../results/file-outcome.js'
import type { RetryingScanner } from '../scans/retrying-scanner.js'
import { TimeSlice } from '../scans/time-slice.js'
import { WaitBudget } from '../scans/wait-budget.js'
import type { ContainerLayer } from './layer-inventory.js'
import type { LayerPacer } from './layer-pacer.js'
import { LayerTally } from './layer-tally.js'

export interface LayerScannerOptions {
  readonly hostRoot: string
  readonly files: RetryingScanner
  readonly pacer: LayerPacer
}

/** An engine that fails for this many files is out of order; the result would claim for all nodes that these files cannot be scanned. */
const ENGINE_FAILURES_MAX = 5
const ENGINE_FAILURES: readonly CoverageReasonName[] = ['engine_error', 'engine_unavailable']

/** A scan of one layer. */
export class LayerScan {
  readonly #options: LayerScannerOptions
  readonly #layer: ContainerLayer
  readonly #tally = new LayerTally()
  readonly #wait = new WaitBudget()
  #sizeBytes = 0
  #engineFailures = 0

  constructor(layer: ContainerLayer, options: LayerScannerOptions) {
    this.#layer = layer
    this.#options = options
  }

  get key(): string {
    return this.#layer.key
  }

  /** Size of the layer's files; 0 until it is known. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** The result so far. */
  get result(): ImageLayerResult {
    return this.#tally.result()
  }

  /** Scans all files. @throws the signal's reason, KernelError when the layer cannot be read, and when an engine is out of order. */
  async run(signal: AbortSignal): Promise<void> {
    this.#sizeBytes = await this.#measure(signal)
    const slice = new TimeSlice()
    for (const item of this.#items()) {
      if (slice.isOver) await slice.next(signal)
      if (item.kind === 'not-scanned') this.#tally.addNotScanned(item.entry)
      else this.#add(item.file, this.#options.files.known(item.file) ?? (await this.#scan(item.file, signal)))
    }
  }

  async #measure(signal: AbortSignal): Promise<number> {
    let sizeBytes = 0
    const slice = new TimeSlice()
    for (const item of this.#items()) {
      if (slice.isOver) await slice.next(signal)
      if (item.kind === 'file') sizeBytes += Number(item.file.stat.identity.sizeBytes)
    }
    return sizeBytes
  }

  #items() {
    return imageLayerFiles(this.#options.hostRoot, this.#layer.lowerdir, this.#layer.key)
  }

  async #scan(file: FoundFile, signal: AbortSignal): Promise<FileOutcome> {
    using _slot = await this.#options.pacer.admit(Number(file.stat.identity.sizeBytes), signal)
    return await this.#options.files.scanFound(file, {}, this.#wait, signal)
  }

  #add(file: FoundFile, outcome: FileOutcome): void {
    const failure = outcome.gaps.find(({ reason }) => ENGINE_FAILURES.includes(reason))
    if (failure) this.#engineFailures += 1
    if (this.#engineFailures >= ENGINE_FAILURES_MAX) throw new Error(`an engine failed: ${failure?.detail ?? ''}`)
    this.#tally.addFile(outcome, Number(file.stat.identity.sizeBytes))
  }
}
