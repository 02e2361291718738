import { z } from 'zod'
import { Sha256Hex, SignatureManifest, SignaturePath } from './manifest.js'

/** Header of the catalogue's answer: base64 of the ed25519 signature over the bytes of its body. */
export const CATALOG_SIGNATURE_HEADER = 'guardimesh-catalog-signature'

/** Longest time that a request for the catalogue may wait for a change (`Prefer: wait=<seconds>`, RFC 7240). */
export const CATALOG_WAIT_MAX_SECONDS = 300

/**
 * A step from one content of a file to another: a script for `sigtool --run-cdiff`, run in a folder that holds what is in the old file.
 * `cdiff`: from ClamAV's authors, signed by them, named *.cdiff; `script`: made by `sigtool --diff` or `--compare` from both contents, gzip.
 */
export const SignatureDelta = z.object({
  /** Below `/v1/generations/<generation>/`. */
  path: z.string().regex(/^deltas\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,180}$/),
  form: z.enum(['cdiff', 'script']),
  sizeBytes: z.number().int().min(0),
  sha256: Sha256Hex,
  /** File of the manifest that it leads to. */
  target: SignaturePath,
  /** `contentSha256` of the file that it begins with; `sha256` for loose files. */
  fromContentSha256: Sha256Hex,
})
export type SignatureDelta = z.infer<typeof SignatureDelta>

/**
 * `GET /v1/catalog?node=<name>&generation=<in force>`: what this node is to have. Signed as a whole (CATALOG_SIGNATURE_HEADER).
 * A SignatureManifest with more fields, so that older nodes read it too.
 */
export const SignatureCatalog = SignatureManifest.extend({
  /** Unix time in ms of the decision that made this the node's generation; a node takes no catalogue with a smaller one than it has seen. */
  sequence: z.number().int().min(0).default(0),
  deltas: z.array(SignatureDelta).max(2000).default([]),
})
export type SignatureCatalog = z.infer<typeof SignatureCatalog>
