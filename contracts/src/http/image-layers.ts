import { z } from 'zod'
import { COVERAGE_REASONS } from '../detection/coverage-reason.js'
import { SEVERITIES } from '../detection/severity.js'
import { INGEST_LIMITS } from '../ingest/limits.js'
import { Sha256Hex } from '../signatures/manifest.js'
import { MINUTE_MS } from '../units.js'
import { Filter, PageQuery, pageOf } from './page.js'

/** Limits of the shared scan of image layers. */
export const IMAGE_LAYER_LIMITS = {
  /** Layers of one claim. A node with more sends several claims. */
  layersPerClaim: 200,
  imagesPerLayer: 20,
  /** Findings and unscanned files that a result lists; further ones are counted. Together they fit into one response to a node. */
  findings: 150,
  notScanned: 50,
  /** A node that does not report for this long loses its lease. */
  leaseMs: 2 * MINUTE_MS,
  /** Maximum time that one node may hold a lease. */
  leaseTotalMs: 6 * 60 * MINUTE_MS,
  /** Time after which a layer that a node could not scan is offered again. */
  retryMs: 10 * MINUTE_MS,
  /** A layer that no node has offered for this long is not in use. Nodes offer their layers every 5 minutes. */
  usedWithinMs: 20 * MINUTE_MS,
  /** Maximum number of layers in progress, and of failed layers, in ImageLayerProgress. */
  listed: 100,
  /** Maximum number of workloads that ImageView lists. */
  workloads: 20,
} as const

/** Diff id of a layer, or `local:` with a hash when the container runtime does not report it; such a layer is scanned once per node. */
export const ImageLayerKey = z.string().regex(/^(sha256|local):[0-9a-f]{64}$/, 'must be sha256: or local: and 64 hexadecimal digits')

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const shortText = (maxChars: number) => z.string().max(maxChars)
/** Bytes of a path, up to PATH_MAX. */
const PathBase64 = z.base64().max(Math.ceil(INGEST_LIMITS.pathBytes / 3) * 4)

/** A finding in a layer, wherever the layer is used. */
export const ImageLayerFinding = z.object({
  path: PathBase64,
  signatureName: shortText(INGEST_LIMITS.signatureNameBytes),
  engine: shortText(INGEST_LIMITS.shortBytes),
  engineVersion: shortText(INGEST_LIMITS.idBytes),
  severity: z.enum(SEVERITIES),
  description: shortText(INGEST_LIMITS.descriptionBytes),
  /** Empty if the file could not be read completely. */
  sha256: z.union([Sha256Hex, z.literal('')]),
  sizeBytes: Count,
  ownerUid: Count,
  ownerGid: Count,
  mode: Count,
  modifiedAtMs: z.number().int(),
  changedAtMs: z.number().int(),
})
export type ImageLayerFinding = z.infer<typeof ImageLayerFinding>

/** A file of a layer that was not scanned, or with an empty path the number of further ones. */
export const ImageLayerNotScanned = z.object({
  path: PathBase64,
  reason: z.enum(COVERAGE_REASONS),
  count: Count,
  sizeBytes: Count,
  detail: shortText(INGEST_LIMITS.sentenceBytes),
})
export type ImageLayerNotScanned = z.infer<typeof ImageLayerNotScanned>

/** The outcome of scanning one layer. */
export const ImageLayerResult = z.object({
  filesScanned: Count,
  filesNotScanned: Count,
  bytesScanned: Count,
  findingCount: Count,
  findings: z.array(ImageLayerFinding).max(IMAGE_LAYER_LIMITS.findings),
  notScanned: z.array(ImageLayerNotScanned).max(IMAGE_LAYER_LIMITS.notScanned),
})
export type ImageLayerResult = z.infer<typeof ImageLayerResult>

/** The node and what its verdicts depend on. Results are shared between nodes with the same signatures and rules only. */
const ScanningNode = z.object({
  clusterId: z.string().min(1).max(INGEST_LIMITS.clusterIdBytes),
  nodeName: z.string().min(1).max(INGEST_LIMITS.nameBytes),
  signatureGeneration: z.string().min(1).max(INGEST_LIMITS.idBytes),
  ruleVersion: z.string().min(1).max(INGEST_LIMITS.idBytes).describe('Version and settings of the scanner that affect its verdicts'),
})

/** `POST /api/v1/image-layers/claims`: the layers that running containers of a node use. */
export const ImageLayerClaim = ScanningNode.extend({
  layers: z
    .array(
      z.object({
        layer: ImageLayerKey,
        isKnown: z.boolean().describe('True: the node has the result'),
        images: z.array(shortText(INGEST_LIMITS.imageBytes)).max(IMAGE_LAYER_LIMITS.imagesPerLayer),
      }),
    )
    .max(IMAGE_LAYER_LIMITS.layersPerClaim),
  wantsLease: z.boolean().describe('True: the node can scan a layer now'),
})
export type ImageLayerClaim = z.infer<typeof ImageLayerClaim>

/**
 * Response to a claim. `scanned`: do not scan; `result` is null if the node has it, or if it did not fit and must be claimed again.
 * `leased`: the node scans it now. `elsewhere`: another node scans it. `waiting`: to be scanned later.
 */
export const ImageLayerAnswer = z.object({
  layers: z.array(
    z.object({
      layer: ImageLayerKey,
      state: z.enum(['scanned', 'leased', 'elsewhere', 'waiting']),
      result: ImageLayerResult.nullable(),
    }),
  ),
})
export type ImageLayerAnswer = z.infer<typeof ImageLayerAnswer>

/** `POST /api/v1/image-layers/reports`: progress or outcome of the scan of a layer. Progress renews the lease. */
export const ImageLayerReport = ScanningNode.extend({
  layer: ImageLayerKey,
  state: z.enum(['scanning', 'scanned', 'failed']),
  /** Why the scan failed; empty otherwise. */
  problem: shortText(INGEST_LIMITS.sentenceBytes),
  /** Size of all files of the layer; 0 when unknown. */
  sizeBytes: Count,
  result: ImageLayerResult,
})
export type ImageLayerReport = z.infer<typeof ImageLayerReport>
/** Response to a report: false when the node does not hold the lease (any more). */
export const ImageLayerReceipt = z.object({ isLeased: z.boolean() })
export type ImageLayerReceipt = z.infer<typeof ImageLayerReceipt>

/** `GET /api/image-layers`: progress of the scan of the layers that running containers use. */
export const ImageLayerProgress = z.object({
  total: Count,
  scanned: Count,
  scanning: Count,
  waiting: Count,
  failed: Count,
  bytesScanned: Count,
  findingCount: Count,
  remainingSeconds: Count.nullable().describe('Estimate for all remaining layers; null while it is unknown'),
  scans: z
    .array(
      z.object({
        clusterId: z.string(),
        nodeName: z.string(),
        layer: z.string(),
        images: z.array(z.string()),
        sizeBytes: Count,
        bytesScanned: Count,
        startedAt: z.iso.datetime(),
      }),
    )
    .describe('Layers that nodes scan now'),
  failures: z.array(
    z.object({ clusterId: z.string(), nodeName: z.string(), layer: z.string(), images: z.array(z.string()), problem: z.string() }),
  ),
})
export type ImageLayerProgress = z.infer<typeof ImageLayerProgress>

/** States of an image: `pending` while a layer is not scanned with the current signatures. */
export const IMAGE_STATES = ['pending', 'scanned'] as const

/** Query of `GET /api/image-layers/images`. */
export const ImageQuery = PageQuery.extend({
  state: z.enum(IMAGE_STATES).optional(),
  findings: z.enum(['true']).optional().describe('true: images with findings only'),
  cluster: Filter,
  search: z.string().trim().min(1).max(200).optional(),
})
export type ImageQuery = z.infer<typeof ImageQuery>

/** An image that running containers use. */
export const ImageView = z.object({
  clusterId: z.string(),
  image: z.string(),
  state: z.enum(IMAGE_STATES),
  layers: Count,
  layersScanned: Count,
  layersFailed: Count,
  filesNotScanned: Count,
  findingCount: Count.describe('Findings in the layers, including files that an upper layer of the image hides'),
  workloadCount: Count,
  workloads: z.array(z.object({ namespace: z.string(), podName: z.string(), nodeName: z.string() })).max(IMAGE_LAYER_LIMITS.workloads),
})
export type ImageView = z.infer<typeof ImageView>
export const ImagePage = pageOf(ImageView)
export type ImagePage = z.infer<typeof ImagePage>
