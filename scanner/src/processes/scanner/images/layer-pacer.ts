import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { KIB_BYTES } from '@guardimesh/contracts/units'
import { sleep } from '@guardimesh/kit'
import { Budgets } from '../../../engines/budgets.js'

export interface LayerPacerOptions {
  readonly scanConfig: () => ScanConfig
  /** True while files that containers write or run are being scanned. */
  readonly isBusy: () => boolean
}

/** A file costs at least this much of the budget: small files take more time per byte. */
const FILE_MIN_BYTES = 16 * KIB_BYTES
const BUSY_POLL_MS = 20
/** A node that is always busy still scans its layers, four files per second. */
const BUSY_WAIT_MAX_MS = 250

/** Slows down the scan of image layers: one file at a time, within its budget, and after the files that containers write or run. */
export class LayerPacer {
  readonly #options: LayerPacerOptions
  readonly #budgets: Budgets

  constructor(options: LayerPacerOptions) {
    this.#options = options
    this.#budgets = new Budgets(this.#limits())
  }

  /** Waits until a file may be scanned. @returns a slot that must be disposed after the scan. @throws the signal's reason. */
  async admit(sizeBytes: number, signal: AbortSignal): Promise<Disposable> {
    this.#budgets.set(this.#limits())
    const slot = await this.#budgets.acquire(Math.max(sizeBytes, FILE_MIN_BYTES), signal)
    const endMs = performance.now() + BUSY_WAIT_MAX_MS
    while (this.#options.isBusy() && performance.now() < endMs && !signal.aborted) await sleep(BUSY_POLL_MS, signal)
    return slot
  }

  #limits() {
    return { concurrentScans: 1, bytesPerSecond: this.#options.scanConfig().budgets.imageLayerBytesPerSecond }
  }
}
