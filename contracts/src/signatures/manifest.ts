import { z } from 'zod'

/** Name of the manifest in a generation's folder. */
export const MANIFEST_FILE = 'manifest.json'

/**
 * What a signature generation holds. A generation is a folder that never changes: `clamav/` (databases), `yara/` (rules) and this manifest.
 * On a node: `<signatures>/generations/<generation>/`, and `<signatures>/current`, a link to the one in force.
 */
export const SignatureManifest = z.object({
  /** Name of the generation; sorts by age. */
  generation: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/),
  builtAt: z.iso.datetime(),
  files: z
    .array(
      z.object({
        /** Relative to the manifest: one folder, one name. */
        path: z.string().regex(/^(clamav|yara)\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/),
        sizeBytes: z.number().int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        /** ClamAV's own number and build time, for databases that say so; how many signatures there are. The signature server fills them in. */
        version: z.number().int().min(0).optional(),
        signatures: z.number().int().min(0).optional(),
        builtAt: z.iso.datetime().optional(),
      }),
    )
    .min(1)
    .max(200),
})
export type SignatureManifest = z.infer<typeof SignatureManifest>
