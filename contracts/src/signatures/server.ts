import { z } from 'zod'

/** Where an import stands: `waiting` until the copy is whole, then `checking`, and in the end `published` or `refused`. */
export const IMPORT_STATES = ['waiting', 'checking', 'published', 'refused'] as const

/** What an import is checked for, in about this order; the last is the load of the whole generation that it would make. */
export const IMPORT_CHECKS = [
  'name',
  'regular-file',
  'size',
  'disk-space',
  'checksum',
  'header',
  'digital-signature',
  'functionality-level',
  'version',
  'rules',
  'test-load',
] as const
export type ImportCheck = (typeof IMPORT_CHECKS)[number]

/** Something that was put into `incoming/`. */
export const SignatureImport = z.object({
  importId: z.string(),
  /** Names in `incoming/`, relative. */
  files: z.array(z.string()).max(200),
  state: z.enum(IMPORT_STATES),
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
export const SignatureDatabase = z.object({
  path: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  version: z.number().int().nullable(),
  signatures: z.number().int().nullable(),
  builtAt: z.string(),
})
export type SignatureDatabase = z.infer<typeof SignatureDatabase>

export const SignatureGeneration = z.object({
  generation: z.string(),
  publishedAt: z.iso.datetime(),
  isLive: z.boolean(),
  databases: z.array(SignatureDatabase).max(200),
})
export type SignatureGeneration = z.infer<typeof SignatureGeneration>

/** `GET /v1/status` of the signature server: newest first, at most 20 generations and 100 imports. */
export const SignatureServerStatus = z.object({
  liveGeneration: z.string(),
  generations: z.array(SignatureGeneration),
  imports: z.array(SignatureImport),
})
export type SignatureServerStatus = z.infer<typeof SignatureServerStatus>
