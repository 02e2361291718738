import { z } from 'zod'
import { CustomSignatures } from './custom.js'
import { GenerationName, SignatureManifestFile } from './manifest.js'
import { NodeName, RollOut, SIGNATURE_PROFILES, SignatureSettings } from './roll-out.js'

/** State of an import: `waiting` until its files are complete, then `checking`, finally `published` or `refused`. */
export const IMPORT_STATES = ['waiting', 'checking', 'published', 'refused'] as const

/**
 * Checks of an import, in approximate order. The last ones are the test load of the resulting generation and its scan of the golden set.
 */
export const IMPORT_CHECKS = [
  'name',
  'regular-file',
  'size',
  'disk-space',
  'checksum',
  'bundle',
  'bundle-signature',
  'unsigned',
  'text',
  'header',
  'archive',
  'digital-signature',
  'functionality-level',
  'version',
  'delta',
  'hash-list',
  'rules',
  'test-load',
  'golden-set',
] as const
export type ImportCheck = (typeof IMPORT_CHECKS)[number]

/** Maximum number of databases, rules, and deltas and detached signatures for the mirror. */
export const MAX_SOURCES = 1000

/** Maximum number and length of the notices of an import. */
export const MAX_NOTICES = 50
export const MAX_NOTICE_CHARS = 1000

/** Origin of an import: files in `incoming/`, an upload, or a change of custom signatures or the profile by a user. */
export const IMPORT_SOURCES = ['folder', 'upload', 'change'] as const

/** An import. */
export const SignatureImport = z.object({
  importId: z.string(),
  /** Relative file names as imported. */
  files: z.array(z.string()).max(200),
  /** Paths of removed `sources`. */
  removed: z.array(z.string()).max(200).default([]),
  source: z.enum(IMPORT_SOURCES).default('folder'),
  /** E-mail address of the user or label of the API key; "starter set" for the files of the image; empty for files in `incoming/`. */
  importedBy: z.string().max(200).default(''),
  /** Fingerprint of the key that signed the bundle, "SHA256:…"; empty for other files. */
  signedBy: z.string().max(100).default(''),
  state: z.enum(IMPORT_STATES),
  /** Current activity; empty once the import has ended. */
  progress: z.string().max(500).default(''),
  /** What a published import contains in part only, such as signatures that ClamAV skips. */
  notices: z.array(z.string().max(MAX_NOTICE_CHARS)).max(MAX_NOTICES).default([]),
  /** The failed check of IMPORT_CHECKS; empty if none failed. */
  check: z.string(),
  /** Reason for the rejection with a remedy, or for waiting; empty otherwise. */
  message: z.string().max(2000),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The published generation; empty before publication. */
  generation: z.string(),
})
export type SignatureImport = z.infer<typeof SignatureImport>

/** A database or rule file of a generation, with version, build time and count from its header if it has one. */
export const SignatureDatabase = SignatureManifestFile.pick({ path: true, sizeBytes: true, sha256: true }).extend({
  path: z.string(),
  version: z.number().int().nullable(),
  signatures: z.number().int().nullable(),
  builtAt: z.string(),
})
export type SignatureDatabase = z.infer<typeof SignatureDatabase>

export const SignatureGeneration = z.object({
  generation: z.string(),
  publishedAt: z.iso.datetime(),
  isActive: z.boolean(),
  /** Memory of ClamAV in the test load in bytes; null when not measured. */
  memoryBytes: z.number().int().nullable().default(null),
  databases: z.array(SignatureDatabase).max(200),
})
export type SignatureGeneration = z.infer<typeof SignatureGeneration>

/** A node that requested the catalogue in the last 24 hours. */
export const CatalogNode = z.object({ name: NodeName, generation: z.string(), seenAt: z.iso.datetime() })

/** Memory and signature count of a profile, measured by a test load. Databases without a known count are not included. */
export const ProfileMeasurement = z.object({
  profile: z.enum(SIGNATURE_PROFILES),
  signatures: z.number().int().min(0),
  memoryBytes: z.number().int().min(0),
})
export type ProfileMeasurement = z.infer<typeof ProfileMeasurement>

/** `GET /v1/status` of the signature server. Lists are newest first, with maximum 20 generations and 100 imports. */
export const SignatureServerStatus = z.object({
  /** The generation that all nodes are offered, except the canary nodes of a rollout. */
  activeGeneration: z.string(),
  /** The generation that the next import builds on: the newest verified one, or the target of a rollback. */
  headGeneration: z.string().default(''),
  rollOut: RollOut.nullable().default(null),
  settings: SignatureSettings.prefault({}),
  /** Revision of the custom signatures; see `GET /v1/custom`. */
  customRevision: z.number().int().default(0),
  /** Fingerprints of the keys that signature bundles may be signed with. */
  trustedKeys: z.array(z.string()).default([]),
  /** True when unsigned files are accepted. */
  acceptsUnsigned: z.boolean().default(true),
  generations: z.array(SignatureGeneration),
  /** Databases and rules of the head generation, regardless of the profile: `clamav/daily.cvd`, `yara/packers.yar`. */
  sources: z.array(SignatureDatabase).max(MAX_SOURCES).default([]),
  imports: z.array(SignatureImport),
  nodes: z.array(CatalogNode).max(5000).default([]),
  /** Measured in the background after publication; missing before. */
  profiles: z.array(ProfileMeasurement).max(SIGNATURE_PROFILES.length).optional(),
})
export type SignatureServerStatus = z.infer<typeof SignatureServerStatus>

/** `POST /v1/imports`: imports finished uploads and removes sources. All changes succeed or fail together. */
export const StartImport = z
  .object({
    uploadIds: z.array(z.string().min(1).max(100)).max(200).default([]),
    /** Paths of `sources` to remove. Deltas and detached signatures of a database are removed with it. */
    remove: z.array(z.string().min(1).max(200)).max(200).default([]),
    /** Allows an older version to replace a newer one. */
    allowOlder: z.boolean().default(false),
  })
  .refine(({ uploadIds, remove }) => uploadIds.length + remove.length > 0, {
    message: 'specify at least one upload or one source to remove',
  })
export type StartImport = z.infer<typeof StartImport>
/** The request body, in which fields with defaults are optional. */
export type StartImportBody = z.input<typeof StartImport>
/** Response to every change that creates a generation. The status shows the progress of the import. */
export const ImportStarted = z.object({ importId: z.string() })
export type ImportStarted = z.infer<typeof ImportStarted>

/**
 * `POST /v1/roll-out`. `promote` activates the candidate, `hold` stops its rollout, `discard` returns its nodes to the active generation.
 */
export const ChangeRollOut = z.object({
  action: z.enum(['promote', 'hold', 'discard']),
  /** Expected candidate; prevents actions based on an outdated status. */
  generation: GenerationName,
  reason: z.string().max(1000).default(''),
})
export type ChangeRollOut = z.infer<typeof ChangeRollOut>

/** `POST /v1/rollback`: activates a kept generation on all nodes; by default the previously active one. */
export const RollBack = z.object({ generation: GenerationName.optional(), reason: z.string().max(1000).default('') })
export type RollBack = z.infer<typeof RollBack>

/** `PUT /v1/custom`: replaces all custom signatures, if `revision` is the current one. */
export const ReplaceCustomSignatures = CustomSignatures
export type ReplaceCustomSignatures = z.infer<typeof ReplaceCustomSignatures>
