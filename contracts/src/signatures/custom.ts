import { z } from 'zod'
import { Sha256Hex } from './manifest.js'

/** Reason, author and time of an entry. */
const AuditFields = z.object({
  reason: z.string().trim().max(500).default(''),
  /** Set by the signature server. */
  addedBy: z.string().max(200).default(''),
  addedAt: z.iso.datetime().optional(),
})
const SizeBytes = z.number().int().min(0).max(4_294_967_295).nullable().default(null)

/** Name of a signature as ClamAV reports it, without colons and spaces. */
export const SignatureName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@+/-]{0,199}$/)

/** A signature to ignore (.ign2). */
export const IgnoredSignature = AuditFields.extend({ name: SignatureName })
/** A file that is never detected (.sfp). Size in bytes; null for any size. */
export const IgnoredFile = AuditFields.extend({ sha256: Sha256Hex, sizeBytes: SizeBytes })
/** A file that is always detected (.hsb, .hdb): its SHA-256 or MD5 in hex, and the signature name in findings. */
export const CustomHash = AuditFields.extend({
  hash: z.string().regex(/^([0-9a-f]{64}|[0-9a-f]{32})$/),
  sizeBytes: SizeBytes,
  name: SignatureName,
})
export type CustomHash = z.infer<typeof CustomHash>
/** A file of YARA rules for the obfuscation scanner. */
export const CustomRules = AuditFields.extend({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  text: z
    .string()
    .min(1)
    .max(256 * 1024),
})

/** Custom signatures of this site. `GET` and `PUT /v1/custom` of the signature server. */
export const CustomSignatures = z.object({
  /** Incremented with each change. A change that is based on an older revision is rejected. */
  revision: z.number().int().min(0),
  ignoredSignatures: z.array(IgnoredSignature).max(5000).default([]),
  ignoredFiles: z.array(IgnoredFile).max(20_000).default([]),
  hashes: z.array(CustomHash).max(50_000).default([]),
  rules: z.array(CustomRules).max(50).default([]),
})
export type CustomSignatures = z.infer<typeof CustomSignatures>
