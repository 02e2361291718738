import { IMAGE_LAYER_LIMITS, type ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { background, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { LRUCache } from 'lru-cache'
import type { ContainerImageReporter } from './container-image-reporter.js'
import type { ImageContainers } from './image-containers.js'
import { type LayerExchange, RefusedError } from './layer-exchange.js'
import { type UsedLayer, usedLayers } from './layer-inventory.js'
import type { LayerMetrics } from './layer-metrics.js'
import type { RunningLayerScan } from './running-layer-scan.js'
import { StatedLayers } from './stated-layers.js'
import { isSameConditions, type VerdictConditions } from './verdict-conditions.js'

export interface ImageLayersOptions {
  readonly containers: ImageContainers
  readonly reporter: ContainerImageReporter
  readonly exchange: LayerExchange
  readonly metrics: LayerMetrics
  readonly nodeName: string
  readonly scanConfig: () => ScanConfig
  /** Undefined until clamd has loaded its signatures. */
  readonly conditions: () => VerdictConditions | undefined
  readonly startScan: (layer: UsedLayer, conditions: VerdictConditions, isLeased: boolean, signal: AbortSignal) => RunningLayerScan
  readonly log: Logger
}

/** Containers of a pod start together. */
const GATHER_MS = 100
/** Interval of claims while other nodes scan layers that this node waits for. */
const PENDING_INTERVAL_MS = 5 * SECOND_MS
/** Interval of claims that only state which layers are in use. */
const IDLE_INTERVAL_MS = 5 * MINUTE_MS
/** Spreads the claims of nodes. */
const JITTER_RATIO = 0.2
/** Results are small; those of layers that were in use are kept for containers that start later. */
const RESULTS_MAX = 5_000

/**
 * Scans the layers of images, each once per signature generation and cluster: the backend leases a layer to one node and gives its result to the
 * others. A node that cannot reach the backend scans its layers itself.
 */
export class ImageLayers {
  readonly #options: ImageLayersOptions
  #results = new LRUCache<string, ImageLayerResult>({ max: RESULTS_MAX })
  /** Results that the backend has not stored. */
  readonly #unsent = new Set<string>()
  readonly #retryAtMs = new Map<string, number>()
  readonly #stated = new StatedLayers(IDLE_INTERVAL_MS)
  #conditions: VerdictConditions | undefined
  #scan: RunningLayerScan | undefined
  #isWoken = false
  #wake: () => void = () => {}

  constructor(options: ImageLayersOptions) {
    this.#options = options
  }

  /** Number of layers in use that are not scanned. */
  get pending(): number {
    return this.#usedLayers().filter(({ key }) => !this.#results.has(key)).length
  }

  containerStarted(container: ContainerInfoMessage): void {
    this.#options.containers.started(container)
    this.wake()
  }

  containerStopped(container: ContainerInfoMessage): void {
    this.#options.containers.ended(container)
    this.wake()
  }

  /** Continues at once: containers, signatures or settings changed. */
  wake(): void {
    const conditions = this.#options.conditions()
    // Its verdicts would be those of both generations.
    if (this.#scan && conditions && !isSameConditions(conditions, this.#scan.conditions)) this.#scan.stop()
    this.#isWoken = true
    this.#wake()
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#isWoken = false
      const waitMs = await this.#step(signal)
      await this.#untilWoken(waitMs, signal)
      await sleep(GATHER_MS, signal)
    }
    await this.#scan?.ended
  }

  /** Claims layers, reports containers and starts a scan. @returns the time until the next step. */
  async #step(signal: AbortSignal): Promise<number> {
    if (!this.#options.scanConfig().features.imageLayers) {
      await this.#reportDisabled(signal)
      return IDLE_INTERVAL_MS
    }
    const conditions = this.#options.conditions()
    if (!conditions) {
      await this.#report(signal)
      return SECOND_MS
    }
    this.#useConditions(conditions)
    // Results of earlier containers are known before the backend answers.
    await this.#report(signal, { onlyComplete: true })
    const next = await this.#claim(conditions, signal)
    await this.#report(signal)
    if (next && !this.#scan) this.#start(next.layer, conditions, next.isLeased, signal)
    return (this.pending > 0 ? PENDING_INTERVAL_MS : IDLE_INTERVAL_MS) * (1 + Math.random() * JITTER_RATIO)
  }

  #useConditions(conditions: VerdictConditions): void {
    if (this.#conditions && isSameConditions(this.#conditions, conditions)) return
    this.#conditions = conditions
    this.#results.clear()
    this.#unsent.clear()
    this.#retryAtMs.clear()
    this.#stated.clear()
    this.#options.reporter.forget()
  }

  /** Exchanges results with the backend. @returns the layer that this node scans next. */
  async #claim(conditions: VerdictConditions, signal: AbortSignal): Promise<{ layer: UsedLayer; isLeased: boolean } | undefined> {
    const { exchange, log } = this.#options
    const layers = this.#usedLayers()
    const isFree = ({ key }: UsedLayer) => !this.#results.has(key) && (this.#retryAtMs.get(key) ?? 0) <= performance.now()
    try {
      await this.#sendResults(conditions, signal)
      const wantsLease = !this.#scan && layers.some(isFree)
      const claimed = layers.filter((layer) => !this.#results.has(layer.key) || this.#stated.isDue(layer))
      const answers = await exchange.claim(claimed, conditions, { isKnown: (key) => this.#results.has(key), wantsLease }, signal)
      this.#stated.add(claimed)
      for (const { layer, state, result } of answers) {
        // A backend with a restored database does not have this result.
        if (state === 'waiting' && this.#results.has(layer)) this.#unsent.add(layer)
        if (result) this.#results.set(layer, result)
      }
      const leased = answers.find(({ state }) => state === 'leased')?.layer
      const layer = layers.find(({ key }) => key === leased)
      return layer && { layer, isLeased: true }
    } catch (error) {
      signal.throwIfAborted()
      log.warn({ reason: messageOf(error) }, 'failed to claim image layers; scanning them without the other nodes')
      const layer = layers.find(isFree)
      return layer && { layer, isLeased: false }
    }
  }

  async #sendResults(conditions: VerdictConditions, signal: AbortSignal): Promise<void> {
    for (const layer of this.#unsent) {
      const result = this.#results.get(layer)
      try {
        const outcome = { layer, state: 'scanned', problem: '', sizeBytes: result?.bytesScanned ?? 0 } as const
        if (result) await this.#options.exchange.report({ ...outcome, result }, conditions, signal)
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error
        this.#options.log.error({ layer, reason: error.message }, 'the backend refused the result of an image layer')
      }
      this.#unsent.delete(layer)
    }
  }

  #start(layer: UsedLayer, conditions: VerdictConditions, isLeased: boolean, signal: AbortSignal): void {
    const scan = this.#options.startScan(layer, conditions, isLeased, signal)
    this.#scan = scan
    background(this.#options.log, 'scan of an image layer', this.#finish(scan, signal))
  }

  async #finish(scan: RunningLayerScan, signal: AbortSignal): Promise<void> {
    const outcome = await scan.ended
    this.#scan = undefined
    if (signal.aborted) return
    const conditions = this.#options.conditions()
    const isCurrent = conditions !== undefined && isSameConditions(conditions, scan.conditions)
    if (outcome === 'scanned' && isCurrent) {
      this.#results.set(scan.key, scan.result)
      this.#unsent.add(scan.key)
      this.#options.metrics.countScan(scan.result)
    } else if (outcome === 'failed') this.#retryAtMs.set(scan.key, performance.now() + IMAGE_LAYER_LIMITS.retryMs)
    this.wake()
  }

  async #reportDisabled(signal: AbortSignal): Promise<void> {
    const { containers, reporter } = this.#options
    for (const { container } of containers.list()) {
      await reporter.reportDisabled(container, signal)
      containers.done(container.containerId)
    }
  }

  async #report(signal: AbortSignal, { onlyComplete = false } = {}): Promise<void> {
    const { containers, reporter } = this.#options
    for (const image of containers.list()) {
      const { containerId } = image.container
      const missing = image.layers.filter(({ key }) => !this.#results.has(key))
      if (onlyComplete && missing.length > 0) continue
      await reporter.report(image, (key) => this.#results.get(key), signal)
      // An ended container waits for its image, unless its layers are gone.
      if (missing.every(({ key }) => this.#retryAtMs.has(key))) containers.done(containerId)
    }
  }

  #usedLayers(): readonly UsedLayer[] {
    const { containers, nodeName } = this.#options
    return usedLayers(
      containers.list().map(({ container }) => container),
      nodeName,
    )
  }

  async #untilWoken(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
  }
}
