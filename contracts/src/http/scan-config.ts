import { z } from 'zod'
import { MIB_BYTES } from '../units.js'

/** Largest file that clamd can scan: below 2 GiB (Cisco-Talos/clamav#344). */
export const FILE_SIZE_LIMIT_MAX_BYTES = 2047 * MIB_BYTES

/** A Kubernetes namespace, or a prefix of one followed by `*`. */
const NamespacePattern = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\*?$|^[a-z0-9][-a-z0-9]*\*$/, 'name a namespace, or a beginning of one followed by *')

/**
 * What a node's scanner does; `GET /api/v1/scan/config` (scope `ingestion`, with ETag) and `GET` / `PUT /api/scan/config` (session).
 * Every key has a default, so that a scanner works before it reached the backend.
 */
export const ScanConfig = z.object({
  /** Scan containers when they start and on request. */
  activeScan: z.boolean().default(true),
  /** Scan all containers by `schedule`. */
  scheduledScan: z.boolean().default(true),
  /** Cron expression, five fields, in UTC. */
  schedule: z.string().min(9).max(100).default('17 3 * * *'),
  /** Nodes start at a random moment up to this long after the schedule. */
  scheduleJitterSeconds: z.number().int().min(0).max(86_400).default(600),
  /** Namespaces whose pods are not scanned; listed under coverage. */
  skipNamespaces: z.array(NamespacePattern).max(500).default([]),
  features: z
    .object({
      /** Notice writes and executions at once. */
      fanotify: z.boolean().default(true),
      drift: z.boolean().default(true),
      deletedBinary: z.boolean().default(true),
      deletedLibrary: z.boolean().default(true),
      memfd: z.boolean().default(true),
      volumes: z.boolean().default(false),
      obfuscation: z.boolean().default(true),
    })
    .prefault({}),
  /** The same finding in the same container is reported again only after this long. */
  deduplicationTtlSeconds: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400),
  /** Larger files are not scanned; listed under coverage. */
  maxFileSizeBytes: z
    .number()
    .int()
    .min(1024)
    .max(FILE_SIZE_LIMIT_MAX_BYTES)
    .default(100 * MIB_BYTES),
  /** Processes are looked over for memfd, deleted and drifted executables this often. */
  processScanIntervalSeconds: z.number().int().min(1).max(3600).default(10),
  /** How often this configuration is asked for. */
  pollIntervalSeconds: z.number().int().min(5).max(3600).default(300),
  /** Databases that the node loads; empty for all that the signature server offers. */
  signatureDatabases: z.array(z.string().min(1).max(128)).max(100).default([]),
  budgets: z
    .object({
      /** Files that engines look at, at the same time, per node. */
      concurrentScans: z.number().int().min(1).max(64).default(2),
      /** Bytes given to engines, per second and node; 0 for no limit. */
      bytesPerSecond: z.number().int().min(0).default(0),
      /** Files open at the same time, per node. */
      openFiles: z.number().int().min(4).max(4096).default(1024),
    })
    .prefault({}),
})
export type ScanConfig = z.infer<typeof ScanConfig>

/** The configuration before anybody changed it. */
export const DEFAULT_SCAN_CONFIG: ScanConfig = ScanConfig.parse({})

/** `GET` and `PUT /api/scan/config`. */
export const ScanConfigView = z.object({
  config: ScanConfig,
  etag: z.string(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
})
export type ScanConfigView = z.infer<typeof ScanConfigView>
