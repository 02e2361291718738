import { z } from 'zod'
import { CustomSignatures } from './custom.js'
import { GenerationName, SignatureManifestFile } from './manifest.js'
import { NodeName, RollOut, SIGNATURE_PROFILES, SignatureSettings } from './roll-out.js'

/** Where an import stands: `waiting` until the copy is whole, then `checking`, and in the end `published` or `refused`. */
export const IMPORT_STATES = ['waiting', 'checking', 'published', 'refused'] as const

/** What an import is checked for, in about this order; the last are the load of the whole generation that it would make, and its scan of harmless files. */
export const IMPORT_CHECKS = [
  'name',
  'regular-file',
  'size',
  'disk-space',
  'checksum',
  'bundle',
  'bundle-signature',
  'unsigned',
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

/** Databases, rules, and the steps and detached signatures that are kept for the mirror. */
export const MAX_SOURCES = 1000

/** How it came: files in `incoming/`, an upload, or a change of ignore-lists, hashes, rules or the profile by a person. */
export const IMPORT_SOURCES = ['folder', 'upload', 'change'] as const

/** Something that was brought in. */
export const SignatureImport = z.object({
  importId: z.string(),
  /** Names as they were brought, relative. */
  files: z.array(z.string()).max(200),
  /** What it takes out: paths of `sources`. */
  removed: z.array(z.string()).max(200).default([]),
  source: z.enum(IMPORT_SOURCES).default('folder'),
  /** Who: an e-mail address, the label of an API key; empty for files in `incoming/`. */
  importedBy: z.string().max(200).default(''),
  /** Fingerprint of the key that signed the bundle, "SHA256:…"; empty for files without one. */
  signedBy: z.string().max(100).default(''),
  state: z.enum(IMPORT_STATES),
  /** What is being done right now, one sentence with figures; empty when it has ended. */
  progress: z.string().max(500).default(''),
  /** Which of IMPORT_CHECKS refused it; empty otherwise. */
  check: z.string(),
  /** A sentence that says what is wrong with which file and what to do, or why it is still waiting; empty when nothing is. */
  message: z.string().max(2000),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Generation that it became; empty while it is none. */
  generation: z.string(),
})
export type SignatureImport = z.infer<typeof SignatureImport>

/** A database or rule file of a generation. Version, build time and count are ClamAV's own, for databases that say so. */
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
  /** Memory that ClamAV took for the test load, bytes; null when it was not measured. */
  memoryBytes: z.number().int().nullable().default(null),
  databases: z.array(SignatureDatabase).max(200),
})
export type SignatureGeneration = z.infer<typeof SignatureGeneration>

/** A node that asked for the catalogue in the last 24 hours. */
export const CatalogNode = z.object({ name: NodeName, generation: z.string(), seenAt: z.iso.datetime() })

/** What a profile takes, measured by a test load; signatures of databases that do not say how many they have count as none. */
export const ProfileMeasure = z.object({
  profile: z.enum(SIGNATURE_PROFILES),
  signatures: z.number().int().min(0),
  memoryBytes: z.number().int().min(0),
})
export type ProfileMeasure = z.infer<typeof ProfileMeasure>

/** `GET /v1/status` of the signature server: newest first, at most 20 generations and 100 imports. */
export const SignatureServerStatus = z.object({
  /** What every node is offered but those of a roll-out. */
  activeGeneration: z.string(),
  /** What the next import builds on: the newest that was proven, or the one that was gone back to. */
  headGeneration: z.string().default(''),
  rollOut: RollOut.nullable().default(null),
  settings: SignatureSettings.prefault({}),
  /** Revision of the custom signatures; see `GET /v1/custom`. */
  customRevision: z.number().int().default(0),
  /** Fingerprints of the keys whose signature bundles are taken. */
  trustedKeys: z.array(z.string()).default([]),
  /** True when files without a signature that the server can check are taken, too. */
  acceptsUnsigned: z.boolean().default(true),
  generations: z.array(SignatureGeneration),
  /** Databases and rules that the head generation is made of, whatever the profile lets nodes load of them: `clamav/daily.cvd`, `yara/packers.yar`. */
  sources: z.array(SignatureDatabase).max(MAX_SOURCES).default([]),
  imports: z.array(SignatureImport),
  nodes: z.array(CatalogNode).max(5000).default([]),
  /** Measured a while after a generation was made; left out until then. */
  profiles: z.array(ProfileMeasure).max(SIGNATURE_PROFILES.length).optional(),
})
export type SignatureServerStatus = z.infer<typeof SignatureServerStatus>

/** `POST /v1/imports`: takes finished uploads in, and what was brought in before out, all or nothing of it. */
export const StartImport = z
  .object({
    uploadIds: z.array(z.string().min(1).max(100)).max(200).default([]),
    /** Paths of `sources` that the next generation is made without. The steps and signatures of a database go with it. */
    remove: z.array(z.string().min(1).max(200)).max(200).default([]),
    /** Lets an older version take the place of a newer one. */
    allowOlder: z.boolean().default(false),
  })
  .refine(({ uploadIds, remove }) => uploadIds.length + remove.length > 0, { message: 'name at least one upload, or a file to take out' })
export type StartImport = z.infer<typeof StartImport>
/** As it is sent: what is left out has its default. */
export type StartImportBody = z.input<typeof StartImport>
/** Its answer, and that of every change that makes a generation: follow it in the status. */
export const ImportStarted = z.object({ importId: z.string() })
export type ImportStarted = z.infer<typeof ImportStarted>

/** `POST /v1/roll-out`. `promote`: to every node; `hold`: stays where it is; `discard`: its nodes go back, and imports build on the live one again. */
export const ChangeRollOut = z.object({
  action: z.enum(['promote', 'hold', 'discard']),
  /** Generation that is meant, so that no answer to an older question counts. */
  generation: GenerationName,
  reason: z.string().max(1000).default(''),
})
export type ChangeRollOut = z.infer<typeof ChangeRollOut>

/** `POST /v1/rollback`: makes a kept generation the live one of all nodes. Left out: the one before the live one. */
export const RollBack = z.object({ generation: GenerationName.optional(), reason: z.string().max(1000).default('') })
export type RollBack = z.infer<typeof RollBack>

/** `PUT /v1/custom`: replaces all custom signatures, when `revision` is still the one in force. */
export const ReplaceCustomSignatures = CustomSignatures
export type ReplaceCustomSignatures = z.infer<typeof ReplaceCustomSignatures>
