import type { ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { LayerExchange } from './layer-exchange.js'
import type { UsedLayer } from './layer-inventory.js'
import { LayerScan, type LayerScannerOptions } from './layer-scanner.js'
import type { VerdictConditions } from './verdict-conditions.js'

export interface RunningLayerScanOptions extends LayerScannerOptions {
  readonly exchange: LayerExchange
  readonly log: Logger
}

/** Progress renews the lease, which lasts 2 minutes. */
const PROGRESS_INTERVAL_MS = 15 * SECOND_MS

/** A scan of one layer that reports its progress to the backend. */
export class RunningLayerScan {
  readonly conditions: VerdictConditions
  /** Resolves at the end. Never rejects. */
  readonly ended: Promise<'scanned' | 'failed' | 'stopped'>
  readonly #options: RunningLayerScanOptions
  readonly #scan: LayerScan
  readonly #stop = new AbortController()

  /** @param isLeased false for a scan without the backend, which other nodes may repeat. */
  constructor(layer: UsedLayer, conditions: VerdictConditions, isLeased: boolean, signal: AbortSignal, options: RunningLayerScanOptions) {
    this.conditions = conditions
    this.#options = options
    this.#scan = new LayerScan(layer, options)
    this.ended = this.#run(isLeased, AbortSignal.any([signal, this.#stop.signal]))
  }

  get key(): string {
    return this.#scan.key
  }

  get result(): ImageLayerResult {
    return this.#scan.result
  }

  stop(): void {
    this.#stop.abort()
  }

  async #run(isLeased: boolean, signal: AbortSignal): Promise<'scanned' | 'failed' | 'stopped'> {
    const { log } = this.#options
    const over = new AbortController()
    const progress = isLeased ? this.#reportProgress(AbortSignal.any([signal, over.signal])) : Promise.resolve()
    try {
      await this.#scan.run(signal)
      return 'scanned'
    } catch (error) {
      if (signal.aborted) return 'stopped'
      log.warn({ layer: this.key, reason: messageOf(error) }, 'failed to scan image layer; retrying later')
      await this.#report('failed', messageOf(error), signal).catch((cause: unknown) => {
        log.debug({ error: cause }, 'failed to report the failed scan of an image layer')
      })
      return 'failed'
    } finally {
      over.abort()
      await progress
    }
  }

  /** Stops the scan when another node has taken the layer over. */
  async #reportProgress(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(PROGRESS_INTERVAL_MS, signal)
      if (signal.aborted) return
      try {
        if (!(await this.#report('scanning', '', signal))) this.stop()
      } catch (error) {
        if (!signal.aborted) this.#options.log.debug({ reason: messageOf(error) }, 'failed to report progress of an image layer')
      }
    }
  }

  #report(state: 'scanning' | 'failed', problem: string, signal: AbortSignal): Promise<boolean> {
    const { key: layer, sizeBytes } = this.#scan
    const result = { ...this.result, findings: [], notScanned: [] }
    return this.#options.exchange.report({ layer, state, problem, sizeBytes, result }, this.conditions, signal)
  }
}
