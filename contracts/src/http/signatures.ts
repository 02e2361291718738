import { z } from 'zod'
import { SCAN_SOURCES } from '../detection/scan-source.js'
import { Md5Hex, Sha256Hex } from '../signatures/manifest.js'
import { SignatureServerStatus } from '../signatures/server.js'
import { ContainerLocation } from './location.js'

const HoursOfAge = z.number().int().min(1, 'must be at least 1 hour').max(8760, 'must be at most 8760 hours (one year)')

/** Staleness thresholds: hours since the newest database was built. */
export const SignatureStaleness = z
  .object({
    warnHours: HoursOfAge.default(72),
    criticalHours: HoursOfAge.default(168),
  })
  .refine(({ warnHours, criticalHours }) => warnHours <= criticalHours, {
    path: ['criticalHours'],
    message: 'must be at least as many hours as the warning',
  })
export type SignatureStaleness = z.infer<typeof SignatureStaleness>

export const FRESHNESS = ['fresh', 'old', 'critical', 'unknown'] as const

/** Age of a set of signatures, by the newest database with a build time. */
export const SignatureFreshness = z.object({ state: z.enum(FRESHNESS), newestBuiltAt: z.iso.datetime().nullable() })
export type SignatureFreshness = z.infer<typeof SignatureFreshness>

/** Signatures that a node has loaded; `GET /api/signatures/nodes`. */
export const NodeSignatures = z.object({
  clusterId: z.string(),
  nodeName: z.string(),
  state: z.enum(['reporting', 'silent']),
  generation: z.string().describe('Empty if no signatures are loaded'),
  engineVersion: z.string(),
  signatureCount: z.number(),
  loadedAt: z.iso.datetime().nullable().describe('Time since which clamd uses this generation; null if unknown'),
  loadMs: z.number().describe('Duration of the load'),
  memoryBytes: z.number().describe('Memory of clamd; 0 if unknown'),
  pulledBytes: z.number().describe('Bytes downloaded for this generation'),
  refusedGeneration: z.string().describe('Newest generation that the node rejected; empty if it accepted it'),
  refusal: z.string().describe('Reason of the rejection'),
  isCanary: z.boolean(),
  freshness: SignatureFreshness,
})
export type NodeSignatures = z.infer<typeof NodeSignatures>
export const NodeSignaturesList = z.object({ items: z.array(NodeSignatures) })
export type NodeSignaturesList = z.infer<typeof NodeSignaturesList>

/** `GET /api/signatures`: status of the signature server, and the number of reporting nodes per loaded generation. */
export const SignaturesView = z.object({
  state: z.enum(['reachable', 'unreachable', 'absent']).describe('absent: the installation has no signature server'),
  problem: z.string().max(2000).describe('Why the signature server is unreachable; otherwise empty'),
  server: SignatureServerStatus.nullable(),
  /** Number of nodes per generation; the name is empty for nodes without signatures. */
  nodes: z.array(z.object({ generation: z.string(), nodes: z.number().int() })),
  freshness: SignatureFreshness.describe('Age of the active generation'),
  staleness: SignatureStaleness,
  canChange: z.boolean().describe("true if the backend has the signature server's management key"),
})
export type SignaturesView = z.infer<typeof SignaturesView>

export const SIGNATURE_ALERT_KINDS = [
  'stale-warning',
  'stale-critical',
  'roll-out-held',
  'roll-out-stalled',
  'import-refused',
  'node-refused',
  'node-clock',
  'node-self-test',
] as const
export type SignatureAlertKind = (typeof SIGNATURE_ALERT_KINDS)[number]

/** An alert about signatures. It is open while `clearedAt` is null; at most one alert per kind and subject is open. */
export const SignatureAlert = z.object({
  alertId: z.string(),
  kind: z.enum(SIGNATURE_ALERT_KINDS),
  subject: z
    .string()
    .describe(
      'A generation; the id of an import for import-refused; "active" for alerts about the age; "nodes" for node-clock and node-self-test',
    ),
  message: z.string().describe('What happened and what to do'),
  /** Machine-readable form of `message`. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  raisedAt: z.iso.datetime(),
  clearedAt: z.iso.datetime().nullable(),
})
export type SignatureAlert = z.infer<typeof SignatureAlert>
/** `GET /api/signatures/alerts`: open alerts first, then the most recently resolved. */
export const SignatureAlertList = z.object({ items: z.array(SignatureAlert).max(200) })
export type SignatureAlertList = z.infer<typeof SignatureAlertList>

/** A sighting: one content in one container and path; `GET /api/sightings?sha256=…` or `?md5=…`, oldest first. */
export const SightingView = z.object({
  ...ContainerLocation,
  path: z.string(),
  scanSource: z.enum(SCAN_SOURCES),
  sha256: Sha256Hex,
  sizeBytes: z.number(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  cleanGeneration: z.string().describe('Last generation that reported the content clean; empty if none did'),
})
export type SightingView = z.infer<typeof SightingView>
const anyCase = (hex: typeof Sha256Hex) =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(hex)
    .optional()
/** Query of `GET /api/sightings`: exactly one hash, in upper or lower case. */
export const SightingQuery = z
  .object({ sha256: anyCase(Sha256Hex), md5: anyCase(Md5Hex) })
  .refine(({ sha256, md5 }) => (sha256 === undefined) !== (md5 === undefined), {
    message: 'set either sha256 (64 hexadecimal digits) or md5 (32), not both',
  })
export type SightingQuery = z.infer<typeof SightingQuery>
export const SightingList = z.object({
  hash: z.string().describe('The hash of the query'),
  items: z.array(SightingView).max(1000),
  total: z.number().int(),
})
export type SightingList = z.infer<typeof SightingList>

/**
 * Body of `POST /api/signatures/dry-run`, which matches hashes against earlier sightings without changing anything. Sightings have an MD5
 * unless their node runs an older version, or its OpenSSL forbids MD5.
 */
export const HashDryRun = z.object({
  hashes: z
    .array(z.string().regex(/^([0-9a-f]{64}|[0-9a-f]{32})$/))
    .min(1)
    .max(50_000),
})
export type HashDryRun = z.infer<typeof HashDryRun>
export const HashDryRunResult = z.object({
  /** Hashes with at least one sighting. */
  matches: z.array(z.object({ hash: z.string(), sightings: z.number().int(), firstSeenAt: z.iso.datetime() })).max(1000),
})
export type HashDryRunResult = z.infer<typeof HashDryRunResult>
