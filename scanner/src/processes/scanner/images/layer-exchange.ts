import {
  ImageLayerAnswer,
  type ImageLayerClaim,
  ImageLayerReceipt,
  type ImageLayerReport,
  IMAGE_LAYER_LIMITS as LIMITS,
} from '@guardimesh/contracts/http/image-layers'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { SECOND_MS } from '@guardimesh/contracts/units'
import type { BackendClient } from '../../../report/backend-client.js'
import { cutText, type NodeFacts } from '../reporting/build-result.js'
import type { UsedLayer } from './layer-inventory.js'
import type { VerdictConditions } from './verdict-conditions.js'

export interface LayerExchangeOptions {
  readonly backend: BackendClient
  readonly node: NodeFacts
}

type Answers = ImageLayerAnswer['layers']

/** Shorter than for results, because containers wait for the answer until they are reported as not scanned. */
const TIMEOUT_MS = 10 * SECOND_MS

/** The backend will never accept this request. */
export class RefusedError extends Error {}

/** Exchanges the results of layers with the backend. */
export class LayerExchange {
  readonly #options: LayerExchangeOptions

  constructor(options: LayerExchangeOptions) {
    this.#options = options
  }

  /**
   * Claims layers.
   *
   * @param isKnown true for a layer whose result this node has.
   * @throws GuardError BACKEND_UNAVAILABLE, RefusedError when the backend rejects the claim, and others.
   */
  async claim(
    layers: readonly UsedLayer[],
    conditions: VerdictConditions,
    { isKnown, wantsLease }: { readonly isKnown: (key: string) => boolean; readonly wantsLease: boolean },
    signal: AbortSignal,
  ): Promise<Answers> {
    const answers: Answers = []
    const unknownFirst = [...layers.filter(({ key }) => !isKnown(key)), ...layers.filter(({ key }) => isKnown(key))]
    for (let at = 0; at < unknownFirst.length; at += LIMITS.layersPerClaim) {
      const part = unknownFirst.slice(at, at + LIMITS.layersPerClaim)
      const claim: ImageLayerClaim = {
        ...this.#scanner(conditions),
        layers: part.map(({ key, images }) => ({
          layer: key,
          isKnown: isKnown(key),
          images: images.slice(0, LIMITS.imagesPerLayer).map(cutImage),
        })),
        wantsLease: wantsLease && !answers.some(({ state }) => state === 'leased'),
      }
      answers.push(...(await this.#post('claims', claim, signal)).json(ImageLayerAnswer).layers)
    }
    return answers
  }

  /** Reports progress or outcome. @returns false when another node may scan the layer. @throws like `claim`. */
  async report(
    report: Pick<ImageLayerReport, 'layer' | 'state' | 'problem' | 'sizeBytes' | 'result'>,
    conditions: VerdictConditions,
    signal: AbortSignal,
  ): Promise<boolean> {
    const problem = cutText(report.problem, INGEST_LIMITS.sentenceBytes)
    const response = await this.#post('reports', { ...this.#scanner(conditions), ...report, problem } satisfies ImageLayerReport, signal)
    return response.json(ImageLayerReceipt).isLeased
  }

  #scanner({ signatureGeneration, ruleVersion }: VerdictConditions) {
    const { clusterId, nodeName } = this.#options.node
    return { clusterId, nodeName, signatureGeneration, ruleVersion }
  }

  async #post(name: 'claims' | 'reports', json: object, signal: AbortSignal) {
    const path = `/api/v1/image-layers/${name}`
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    const response = await this.#options.backend.send({ method: 'POST', path, json, signal: limited })
    if (response.status === 200) return response
    const reason = `status ${response.status}: ${response.bytes.subarray(0, 300).toString('utf8')}`
    throw response.status === 400 || response.status === 413 ? new RefusedError(reason) : new Error(reason)
  }
}

function cutImage(image: string): string {
  return cutText(image, INGEST_LIMITS.imageBytes)
}
