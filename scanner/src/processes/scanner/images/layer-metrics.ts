import type { ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import { Counter, Gauge, type Registry } from 'prom-client'

/** Metrics of image layers. */
export class LayerMetrics {
  readonly #registry: Registry
  readonly #layers: Counter
  readonly #bytes: Counter
  readonly #findings: Counter

  constructor(registry: Registry) {
    this.#registry = registry
    const registers = [registry]
    this.#layers = new Counter({
      name: 'guardimesh_scanner_image_layers_scanned_total',
      help: 'Image layers that this node has scanned',
      registers,
    })
    this.#bytes = new Counter({
      name: 'guardimesh_scanner_image_layer_bytes_total',
      help: 'Size of the files in image layers that this node has scanned',
      registers,
    })
    this.#findings = new Counter({
      name: 'guardimesh_scanner_image_layer_findings_total',
      help: 'Findings in image layers that this node has scanned',
      registers,
    })
  }

  countScan({ bytesScanned, findingCount }: ImageLayerResult): void {
    this.#layers.inc()
    this.#bytes.inc(bytesScanned)
    this.#findings.inc(findingCount)
  }

  /** Registers the gauge of layers that are not scanned. */
  observePending(pending: () => number): void {
    new Gauge({
      name: 'guardimesh_scanner_image_layers_pending',
      help: 'Image layers of running containers without a result for the loaded signatures',
      registers: [this.#registry],
      collect() {
        this.set(pending())
      },
    })
  }
}
