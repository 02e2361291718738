import { z } from 'zod'

/** Name of the manifest in a generation's folder. */
export const MANIFEST_FILE = 'manifest.json'

export const GenerationName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/)
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
export const Md5Hex = z.string().regex(/^[0-9a-f]{32}$/)
/** Path relative to the manifest: a folder and a file name. */
export const SignaturePath = z.string().regex(/^(clamav|yara)\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/)

/** A file of a generation. */
export const SignatureManifestFile = z.object({
  path: SignaturePath,
  sizeBytes: z.number().int().min(0),
  sha256: Sha256Hex,
  /**
   * Digest of the unpacked content of a .cvd, .cld or .cud, independent of its compression: SHA-256 over the lines
   * "<sha256 in hex>  <name>\n" of its members, sorted by name. Missing for loose files.
   */
  contentSha256: Sha256Hex.optional(),
  /** Version and build time from the header of the database, and number of signatures. Set by the signature server if known. */
  version: z.number().int().min(0).optional(),
  signatures: z.number().int().min(0).optional(),
  builtAt: z.iso.datetime().optional(),
})
export type SignatureManifestFile = z.infer<typeof SignatureManifestFile>

/**
 * Manifest of a signature generation. A generation is an immutable folder with `clamav/` (databases), `yara/` (rules) and this manifest.
 * On a node: `<signatures>/generations/<generation>/`, and `<signatures>/current`, a link to the active one.
 */
export const SignatureManifest = z.object({
  /** Name of the generation; names sort by age. */
  generation: GenerationName,
  builtAt: z.iso.datetime(),
  files: z.array(SignatureManifestFile).min(1).max(200),
  /** Memory of ClamAV in the test load in bytes, measured by the signature server. */
  memoryBytes: z.number().int().min(0).optional(),
})
export type SignatureManifest = z.infer<typeof SignatureManifest>
