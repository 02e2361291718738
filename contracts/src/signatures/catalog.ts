import { z } from 'zod'
import { Sha256Hex, SignatureManifest, SignaturePath } from './manifest.js'

/** Response header of the catalogue: base64 of the ed25519 signature of its body. */
export const CATALOG_SIGNATURE_HEADER = 'guardimesh-catalog-signature'

/** Maximum time that a request waits for a change of the catalogue (`Prefer: wait=<seconds>`, RFC 7240). */
export const CATALOG_WAIT_MAX_SECONDS = 300

/**
 * A delta between two contents of a file: a script for `sigtool --run-cdiff`, run in a folder with the members of the old file.
 * `cdiff`: created and signed by ClamAV's authors, named *.cdiff; `script`: created by `sigtool --compare` from both contents, gzip.
 */
export const SignatureDelta = z.object({
  /** Relative to `/v1/generations/<generation>/`. */
  path: z.string().regex(/^deltas\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,180}$/),
  form: z.enum(['cdiff', 'script']),
  sizeBytes: z.number().int().min(0),
  sha256: Sha256Hex,
  /** Path of the resulting file in the manifest. */
  target: SignaturePath,
  /** `contentSha256` of the base file; `sha256` for loose files. */
  fromContentSha256: Sha256Hex,
})
export type SignatureDelta = z.infer<typeof SignatureDelta>

/**
 * `GET /v1/catalog?node=<name>&generation=<active>`: the generation that is offered to a node, signed (CATALOG_SIGNATURE_HEADER).
 * Extends SignatureManifest, so that older nodes can read it.
 */
export const SignatureCatalog = SignatureManifest.extend({
  /** Unix time in ms at which the server decided to offer this generation. Nodes reject a catalogue with a smaller value than the last. */
  sequence: z.number().int().min(0).default(0),
  deltas: z.array(SignatureDelta).max(2000).default([]),
})
export type SignatureCatalog = z.infer<typeof SignatureCatalog>
