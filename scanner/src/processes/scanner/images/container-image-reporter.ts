import type { ImageLayerFinding, ImageLayerNotScanned, ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { LRUCache } from 'lru-cache'
import { KernelError } from '../../../node/libc.js'
import type { NotScanned } from '../../../sources/found-file.js'
import { imageLayerName, isVisible } from '../../../sources/image-layer.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import { type ExplainOptions, explainFiles } from '../../../sources/packages/explain-files.js'
import type { Reporter } from '../reporting/reporter.js'
import { CoverageList } from '../results/coverage-list.js'
import type { FindingFacts } from '../results/finding-facts.js'
import { wholeContainer } from '../scans/container-files.js'
import type { ContainerLayer } from './layer-inventory.js'

export interface ContainerImageReporterOptions extends ExplainOptions {
  readonly reporter: Reporter
  readonly scanConfig: () => ScanConfig
}

/** A container with the layers of its image, topmost first. */
export interface ContainerImage {
  readonly container: ContainerInfoMessage
  readonly layers: readonly ContainerLayer[]
}

/** Containers whose last report is remembered. */
const CONTAINERS_MAX = 5_000

/** Reports the results of layers for each container that sees the files: findings, files that were not scanned, and missing layers. */
export class ContainerImageReporter {
  readonly #options: ContainerImageReporterOptions
  /** Which layers were reported, by container. */
  readonly #reported = new LRUCache<string, string>({ max: CONTAINERS_MAX })

  constructor(options: ContainerImageReporterOptions) {
    this.#options = options
  }

  /** Reports all containers again, because signatures or settings changed. */
  forget(): void {
    this.#reported.clear()
  }

  /** Reports a container whose layers are not scanned because the feature is off. */
  async reportDisabled(container: ContainerInfoMessage, signal: AbortSignal): Promise<void> {
    const entry = wholeContainer('image_not_scanned', 'the scan configuration disables the scan of image layers')
    await this.#report(container, 'disabled', { findings: [], notScanned: [entry], files: 0, isComplete: false }, signal)
  }

  /** Reports a container unless nothing has changed. @returns true when all its layers have been scanned. */
  async report({ container, layers }: ContainerImage, resultOf: (key: string) => ImageLayerResult | undefined, signal: AbortSignal) {
    const results = layers.map(({ key }) => resultOf(key))
    const pending = results.filter((result) => !result).length
    const state = results.map((result) => (result ? 'x' : '-')).join('')
    const files = results.reduce((sum, result) => sum + (result?.filesScanned ?? 0), 0)
    const coverage = new CoverageList()
    const findings: FindingFacts[] = []
    if (this.#reported.get(container.containerId) !== state)
      for (const [index, result] of results.entries()) if (result) this.#addResult(layers, index, result, findings, coverage)
    const notScanned = [...pendingEntries(pending, layers.length), ...coverage.list()]
    const explained = await this.#explain(layers, findings, signal)
    await this.#report(container, state, { findings: explained, notScanned, files, isComplete: pending === 0 }, signal)
    return pending === 0
  }

  #addResult(
    layers: readonly ContainerLayer[],
    index: number,
    result: ImageLayerResult,
    findings: FindingFacts[],
    coverage: CoverageList,
  ): void {
    const layersAbove = layers.slice(0, index).map(({ lowerdir }) => lowerdir)
    const layer = imageLayerName(layers[index]?.key ?? '')
    for (const finding of result.findings) {
      const path = Buffer.from(finding.path, 'base64')
      if (this.#isSeen(layersAbove, path, coverage)) findings.push(findingFacts(finding, path, layer))
    }
    for (const entry of result.notScanned) {
      const path = Buffer.from(entry.path, 'base64')
      if (path.length === 0 || this.#isSeen(layersAbove, path, coverage)) coverage.add(notScannedEntry(entry, path))
    }
  }

  /** Adds the package of each file to its description. A layer that cannot be read explains nothing. */
  async #explain(
    layers: readonly ContainerLayer[],
    findings: readonly FindingFacts[],
    signal: AbortSignal,
  ): Promise<readonly FindingFacts[]> {
    if (findings.length === 0) return findings
    const pathOf = ({ path }: FindingFacts) => Buffer.from(path).toString('latin1')
    try {
      const lowerdirs = layers.map(({ lowerdir }) => lowerdir)
      const sentences = await explainFiles(this.#options, lowerdirs, findings.map(pathOf), signal)
      return findings.map((finding) => ({
        ...finding,
        description: [finding.description, sentences.get(pathOf(finding)) ?? ''].join(' ').trim(),
      }))
    } catch (error) {
      if (error instanceof KernelError) return findings
      throw error
    }
  }

  /** A layer above that cannot be read does not hide a finding. */
  #isSeen(layersAbove: readonly string[], path: Buffer, coverage: CoverageList): boolean {
    try {
      return isVisible(this.#options.hostRoot, layersAbove, path)
    } catch (error) {
      coverage.add({ ...openFailureReason(error), path, count: 1, sizeBytes: 0 })
      return true
    }
  }

  async #report(
    container: ContainerInfoMessage,
    state: string,
    image: {
      readonly findings: readonly FindingFacts[]
      readonly notScanned: readonly NotScanned[]
      readonly files: number
      readonly isComplete: boolean
    },
    signal: AbortSignal,
  ): Promise<void> {
    const { containerId } = container
    if (this.#reported.get(containerId) === state) return
    const { findings, notScanned, files, isComplete } = image
    const nowMs = Date.now()
    const counts = { filesScanned: 0, filesCached: isComplete ? files : 0, bytesScanned: 0, startedAtMs: nowMs, finishedAtMs: nowMs }
    const outcome = { container, trigger: 'image_layer', ...counts, findings, notScanned } as const
    // A complete image is reported even without findings: it clears the coverage entry.
    await this.#options.reporter.report(outcome, { evenWhenClean: isComplete, allCoverage: true }, signal)
    this.#reported.set(containerId, state)
  }
}

function pendingEntries(pending: number, total: number): NotScanned[] {
  if (pending === 0) return []
  return [wholeContainer('image_not_scanned', `${pending} of ${total} layers of the image are not scanned yet with the current signatures`)]
}

function findingFacts({ path: _, sha256, ...finding }: ImageLayerFinding, path: Buffer, layer: string): FindingFacts {
  const scanSource = finding.engine === 'yara' || finding.engine === 'entropy' ? 'obfuscation' : 'image_layer'
  return { ...finding, path, layer, scanSource, sha256: Buffer.from(sha256, 'hex'), detectedAtMs: Date.now() }
}

function notScannedEntry({ reason, count, sizeBytes, detail }: ImageLayerNotScanned, path: Buffer): NotScanned {
  return { reason, path, count, sizeBytes, detail }
}
