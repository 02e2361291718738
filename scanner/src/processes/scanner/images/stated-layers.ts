import { LRUCache } from 'lru-cache'
import type { UsedLayer } from './layer-inventory.js'

const LAYERS_MAX = 5_000

/** Remembers which layers the backend knows to be in use, so that a container start repeats only what is new. */
export class StatedLayers {
  readonly #images: LRUCache<string, string>

  /** @param intervalMs time after which a layer is stated again. */
  constructor(intervalMs: number) {
    this.#images = new LRUCache({ max: LAYERS_MAX, ttl: intervalMs })
  }

  isDue({ key, images }: UsedLayer): boolean {
    return this.#images.get(key) !== images.join('\n')
  }

  add(layers: readonly UsedLayer[]): void {
    for (const { key, images } of layers) this.#images.set(key, images.join('\n'))
  }

  clear(): void {
    this.#images.clear()
  }
}
