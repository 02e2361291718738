import { z } from 'zod'
import { SCAN_SOURCES } from '../detection/scan-source.js'
import { Md5Hex, Sha256Hex } from '../signatures/manifest.js'
import { SignatureServerStatus } from '../signatures/server.js'
import { ContainerLocation } from './location.js'

const HoursOfAge = z.number().int().min(1, 'give at least 1 hour').max(8760, 'give at most 8760 hours, which is a year')

/** From when on signatures are called old: hours since the newest database was made. */
export const SignatureStaleness = z
  .object({
    warnHours: HoursOfAge.default(72),
    criticalHours: HoursOfAge.default(168),
  })
  .refine(({ warnHours, criticalHours }) => warnHours <= criticalHours, {
    path: ['criticalHours'],
    message: 'critical comes after the warning: give at least as many hours',
  })
export type SignatureStaleness = z.infer<typeof SignatureStaleness>

export const FRESHNESS = ['fresh', 'old', 'critical', 'unknown'] as const

/** How old the signatures of something are: by the newest database in it that says when it was made. */
export const SignatureFreshness = z.object({ state: z.enum(FRESHNESS), newestBuiltAt: z.iso.datetime().nullable() })
export type SignatureFreshness = z.infer<typeof SignatureFreshness>

/** What one node has loaded; `GET /api/signatures/nodes`. */
export const NodeSignatures = z.object({
  clusterId: z.string(),
  nodeName: z.string(),
  state: z.enum(['reporting', 'silent']),
  /** Empty when it has loaded none. */
  generation: z.string(),
  engineVersion: z.string(),
  signatureCount: z.number(),
  /** When clamd served this generation first; null when unknown. */
  loadedAt: z.iso.datetime().nullable(),
  /** From the switch until clamd served it. */
  loadMs: z.number(),
  /** Memory of clamd with it, bytes; 0 when unknown. */
  memoryBytes: z.number(),
  /** What came over the network for it, bytes. */
  pulledBytes: z.number(),
  /** Newest generation that this node refused, and why; empty when it took it. */
  refusedGeneration: z.string(),
  refusal: z.string(),
  isCanary: z.boolean(),
  freshness: SignatureFreshness,
})
export type NodeSignatures = z.infer<typeof NodeSignatures>
export const NodeSignaturesList = z.object({ items: z.array(NodeSignatures) })
export type NodeSignaturesList = z.infer<typeof NodeSignaturesList>

/** `GET /api/signatures`: what the signature server offers, and which generation how many of the nodes that report have loaded. */
export const SignaturesView = z.object({
  /** `absent`: this installation has none (one machine); `unreachable`: `problem` says why. */
  state: z.enum(['reachable', 'unreachable', 'absent']),
  problem: z.string().max(2000),
  server: SignatureServerStatus.nullable(),
  /** By generation; its name is empty for nodes that have loaded none. */
  nodes: z.array(z.object({ generation: z.string(), nodes: z.number().int() })),
  /** Of the live generation. */
  freshness: SignatureFreshness,
  staleness: SignatureStaleness,
  /** True when changes can be made here: the backend has the signature server's key. */
  canChange: z.boolean(),
})
export type SignaturesView = z.infer<typeof SignaturesView>

export const SIGNATURE_ALERT_KINDS = [
  'stale-warning',
  'stale-critical',
  'roll-out-held',
  'roll-out-stalled',
  'import-refused',
  'node-refused',
] as const
export type SignatureAlertKind = (typeof SIGNATURE_ALERT_KINDS)[number]

/** What people should hear about signatures. It is open as long as `clearedAt` is null, and then there is one for each kind and subject. */
export const SignatureAlert = z.object({
  alertId: z.string(),
  kind: z.enum(SIGNATURE_ALERT_KINDS),
  /** What it is about: a generation; an import for `import-refused`; "live" for how old signatures are. */
  subject: z.string(),
  /** What is the matter and what to do. */
  message: z.string(),
  /** The same in parts, for programs. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  raisedAt: z.iso.datetime(),
  clearedAt: z.iso.datetime().nullable(),
})
export type SignatureAlert = z.infer<typeof SignatureAlert>
/** `GET /api/signatures/alerts`: open ones first, then those that were cleared last. */
export const SignatureAlertList = z.object({ items: z.array(SignatureAlert).max(200) })
export type SignatureAlertList = z.infer<typeof SignatureAlertList>

/** Where a content was seen: `GET /api/sightings?sha256=…` or `?md5=…`, oldest first, and beside a finding. */
export const SightingView = z.object({
  ...ContainerLocation,
  path: z.string(),
  scanSource: z.enum(SCAN_SOURCES),
  sha256: Sha256Hex,
  sizeBytes: z.number(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** With which generation it was clean last; empty when it never was. */
  cleanGeneration: z.string(),
})
export type SightingView = z.infer<typeof SightingView>
const anyCase = (hex: typeof Sha256Hex) =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(hex)
    .optional()
/** Query of `GET /api/sightings`: one of the two; hexadecimal digits, in capitals or not. */
export const SightingQuery = z
  .object({ sha256: anyCase(Sha256Hex), md5: anyCase(Md5Hex) })
  .refine(({ sha256, md5 }) => (sha256 === undefined) !== (md5 === undefined), {
    message: 'give either sha256 (64 hexadecimal digits) or md5 (32), not both',
  })
export type SightingQuery = z.infer<typeof SightingQuery>
/** `hash` is what was asked for. */
export const SightingList = z.object({ hash: z.string(), items: z.array(SightingView).max(1000), total: z.number().int() })
export type SightingList = z.infer<typeof SightingList>

/**
 * `POST /api/signatures/dry-run`: what custom hashes would have found in what was seen, without changing anything. MD5 is compared with what
 * nodes told that know it: not those of an older version, nor those whose OpenSSL forbids it.
 */
export const HashDryRun = z.object({
  hashes: z
    .array(z.string().regex(/^([0-9a-f]{64}|[0-9a-f]{32})$/))
    .min(1)
    .max(50_000),
})
export type HashDryRun = z.infer<typeof HashDryRun>
export const HashDryRunResult = z.object({
  /** Hashes that were seen. */
  matches: z.array(z.object({ hash: z.string(), sightings: z.number().int(), firstSeenAt: z.iso.datetime() })).max(1000),
})
export type HashDryRunResult = z.infer<typeof HashDryRunResult>
