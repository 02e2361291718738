import { z } from 'zod'

/** Name of the manifest in a generation's folder. */
export const MANIFEST_FILE = 'manifest.json'

export const GenerationName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/)
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
export const Md5Hex = z.string().regex(/^[0-9a-f]{32}$/)
/** Relative to the manifest: one folder, one name. */
export const SignaturePath = z.string().regex(/^(clamav|yara)\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/)

/** One file of a generation. */
export const SignatureManifestFile = z.object({
  path: SignaturePath,
  sizeBytes: z.number().int().min(0),
  sha256: Sha256Hex,
  /**
   * Of what is inside a .cvd, .cld or .cud, whatever it is packed like: SHA-256 over the lines "<sha256 in hex>  <name>\n" of its members,
   * sorted by name. Missing for loose files, whose content is the file itself.
   */
  contentSha256: Sha256Hex.optional(),
  /** ClamAV's own number and build time, for databases that say so; how many signatures there are. The signature server fills them in. */
  version: z.number().int().min(0).optional(),
  signatures: z.number().int().min(0).optional(),
  builtAt: z.iso.datetime().optional(),
})
export type SignatureManifestFile = z.infer<typeof SignatureManifestFile>

/**
 * What a signature generation holds. A generation is a folder that never changes: `clamav/` (databases), `yara/` (rules) and this manifest.
 * On a node: `<signatures>/generations/<generation>/`, and `<signatures>/current`, a link to the one in force.
 */
export const SignatureManifest = z.object({
  /** Name of the generation; sorts by age. */
  generation: GenerationName,
  builtAt: z.iso.datetime(),
  files: z.array(SignatureManifestFile).min(1).max(200),
  /** Memory that ClamAV took for the test load, bytes, measured by the signature server. */
  memoryBytes: z.number().int().min(0).optional(),
})
export type SignatureManifest = z.infer<typeof SignatureManifest>
