import { z } from 'zod'
import { MIB_BYTES } from '../units.js'

/** Largest file that clamd can scan: below 2 GiB (Cisco-Talos/clamav#344). */
export const FILE_SIZE_LIMIT_MAX_BYTES = 2047 * MIB_BYTES

/** A Kubernetes namespace, or a prefix of one followed by `*`. */
const NamespacePattern = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\*?$|^[a-z0-9][-a-z0-9]*\*$/, 'must be a namespace, or a prefix followed by *')

/**
 * Configuration of the scanners; `GET /api/v1/scan/config` (scope `ingestion`, with ETag) and `GET` / `PUT /api/scan/config` (session).
 * Every key has a default, so a scanner works before its first contact with the backend.
 */
export const ScanConfig = z.object({
  activeScan: z.boolean().default(true).describe('Scan containers when they start and on request'),
  scheduledScan: z.boolean().default(true).describe('Scan all containers by `schedule`'),
  schedule: z.string().min(9).max(100).default('17 3 * * *').describe('Cron expression with five fields, in UTC'),
  scheduleJitterSeconds: z.number().int().min(0).max(86_400).default(600).describe('Maximum random delay of a node after the schedule'),
  skipNamespaces: z.array(NamespacePattern).max(500).default([]).describe('Namespaces whose pods are not scanned; listed under coverage'),
  features: z
    .object({
      fanotify: z.boolean().default(true).describe('Detect writes and executions immediately'),
      drift: z.boolean().default(true),
      deletedBinary: z.boolean().default(true),
      deletedLibrary: z.boolean().default(true),
      memfd: z.boolean().default(true),
      volumes: z.boolean().default(true),
      obfuscation: z.boolean().default(true),
      imageLayers: z.boolean().default(true).describe('Scan the layers of images, once per layer and signature generation'),
    })
    .prefault({}),
  deduplicationTtlSeconds: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400)
    .describe('Minimum time between two reports of the same finding in the same container'),
  maxFileSizeBytes: z
    .number()
    .int()
    .min(1024)
    .max(FILE_SIZE_LIMIT_MAX_BYTES)
    .default(100 * MIB_BYTES)
    .describe('Larger files are not scanned; listed under coverage'),
  processScanIntervalSeconds: z.number().int().min(1).max(3600).default(10).describe('Interval of the process inspection'),
  pollIntervalSeconds: z.number().int().min(5).max(3600).default(300).describe('Interval at which scanners poll this configuration'),
  signatureDatabases: z
    .array(z.string().min(1).max(128))
    .max(100)
    .default([])
    .describe('Databases that nodes load; empty for all that the signature server offers'),
  budgets: z
    .object({
      concurrentScans: z.number().int().min(1).max(64).default(2).describe('Concurrent scans of files per node'),
      bytesPerSecond: z.number().int().min(0).default(0).describe('Scanned bytes per second and node; 0 for no limit'),
      imageLayerBytesPerSecond: z
        .number()
        .int()
        .min(MIB_BYTES)
        .default(20 * MIB_BYTES)
        .describe('Scanned bytes of image layers per second and node'),
      openFiles: z.number().int().min(4).max(4096).default(1024).describe('Concurrently open files per node'),
    })
    .prefault({}),
})
export type ScanConfig = z.infer<typeof ScanConfig>

/** The default configuration. */
export const DEFAULT_SCAN_CONFIG: ScanConfig = ScanConfig.parse({})

/** `GET` and `PUT /api/scan/config`. */
export const ScanConfigView = z.object({
  config: ScanConfig,
  etag: z.string(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
})
export type ScanConfigView = z.infer<typeof ScanConfigView>
