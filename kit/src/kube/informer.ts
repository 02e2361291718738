import type { Logger } from '../log/logger.js'
import { backoffMs, sleep } from '../time/backoff.js'

/** A change that a watch reports. */
export interface WatchChange<Item> {
  readonly kind: 'present' | 'gone'
  readonly item: Item
  /** Version at which the next watch resumes. */
  readonly resourceVersion: string
}

export interface InformerOptions<Item> {
  readonly name: string
  readonly keyOf: (item: Item) => string
  readonly list: (signal: AbortSignal) => Promise<{ readonly items: readonly Item[]; readonly resourceVersion: string }>
  /** Reports changes after a version until the server ends the watch. @throws when the watch breaks or its version is too old. */
  readonly watch: (resourceVersion: string, onChange: (change: WatchChange<Item>) => void, signal: AbortSignal) => Promise<void>
  /** Called after each change with the change, and after each list, without an argument, because any object may have changed. */
  readonly onChange: (change?: WatchChange<Item>) => void
  readonly log: Logger
}

const RETRY = { firstMs: 500, maxMs: 30_000 }

/**
 * Keeps a copy of a list of Kubernetes objects. The informer of the client library stops on errors other than 410; this one lists
 * and watches again with backoff until its signal is aborted. While the API server is unreachable, the last copy remains available.
 */
export class Informer<Item> {
  readonly #options: InformerOptions<Item>
  #items = new Map<string, Item>()
  #hasListed = false

  constructor(options: InformerOptions<Item>) {
    this.#options = options
  }

  get items(): ReadonlyMap<string, Item> {
    return this.#items
  }

  /** False until the first list is received; an empty copy before that does not mean that no objects exist. */
  get hasListed(): boolean {
    return this.#hasListed
  }

  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        let version = await this.#list(signal)
        failures = 0
        // A watch that ended without an error resumes from its last version; a broken watch requires a new list.
        while (!signal.aborted) version = await this.#watch(version, signal)
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.warn({ error, list: this.#options.name, pauseMs }, 'watch failed, retrying')
        await sleep(pauseMs, signal)
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { items, resourceVersion } = await this.#options.list(signal)
    this.#items = new Map(items.map((item) => [this.#options.keyOf(item), item]))
    this.#hasListed = true
    this.#options.onChange()
    return resourceVersion
  }

  async #watch(fromVersion: string, signal: AbortSignal): Promise<string> {
    let version = fromVersion
    const startedAtMs = performance.now()
    const onChange = (change: WatchChange<Item>) => {
      const { kind, item, resourceVersion } = change
      version = resourceVersion
      const key = this.#options.keyOf(item)
      if (kind === 'present') this.#items.set(key, item)
      else this.#items.delete(key)
      this.#options.onChange(change)
    }
    await this.#options.watch(fromVersion, onChange, signal)
    // Protects a server that ends every watch immediately.
    if (performance.now() - startedAtMs < RETRY.firstMs) await sleep(RETRY.firstMs, signal)
    return version
  }
}
