import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { Context } from '../context.js'
import type { RetryingScanner } from '../scans/retrying-scanner.js'
import { ContainerImageReporter } from './container-image-reporter.js'
import { ImageContainers } from './image-containers.js'
import { ImageLayers } from './image-layers.js'
import { LayerExchange } from './layer-exchange.js'
import { LayerMetrics } from './layer-metrics.js'
import { LayerPacer } from './layer-pacer.js'
import { RunningLayerScan } from './running-layer-scan.js'
import { verdictConditions } from './verdict-conditions.js'

export interface ImageLayerParts {
  readonly hostRoot: string
  readonly files: RetryingScanner
  readonly scanConfig: () => ScanConfig
  /** True while files that containers write or run are being scanned. */
  readonly isScanning: () => boolean
}

/** Creates the scan of image layers. */
export function createImageLayers(context: Context, parts: ImageLayerParts): ImageLayers {
  const { node, log, generation, engines, metrics: registry } = context
  const { scanConfig, isScanning } = parts
  const exchange = new LayerExchange(context)
  const pacer = new LayerPacer({ scanConfig, isBusy: () => isScanning() || engines.scanner.queueLength > 0 })
  const metrics = new LayerMetrics(registry)
  const imageLayers = new ImageLayers({
    ...{ exchange, metrics, scanConfig, log, nodeName: node.nodeName },
    containers: new ImageContainers(scanConfig, node.nodeName),
    reporter: new ContainerImageReporter({ ...context, ...parts, packageReader: engines.packageReader }),
    conditions: () => (generation.generation === '' ? undefined : verdictConditions(generation.generation, scanConfig())),
    startScan: (layer, conditions, isLeased, signal) =>
      new RunningLayerScan(layer, conditions, isLeased, signal, { ...parts, pacer, exchange, log }),
  })
  metrics.observePending(() => imageLayers.pending)
  return imageLayers
}
