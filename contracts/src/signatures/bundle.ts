import { z } from 'zod'
import { Sha256Hex, SignaturePath } from './manifest.js'

/** First and second file of a signature bundle: the file list and its ed25519 signature. */
export const SIGNATURE_BUNDLE_LIST = 'signatures.json'
export const SIGNATURE_BUNDLE_SIGNATURE = 'signatures.json.sig'

/** Relative path, as in a generation. */
const FILES_MAX = 200
/** Maximum of eleven octal digits, as in a tar archive. */
const FILE_MAX_BYTES = 8 ** 11 - 1
const NAME_PATTERN = /^(guardimesh-signatures-[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.tar\.zst)(\.\d{3})?$/

const BundlePath = z
  .string()
  .refine((path) => SignaturePath.safeParse(path).success, 'must be clamav/NAME or yara/NAME: no "..", no other folder')

/** A file of a signature bundle: a database, a `.cdiff`, a `.sign`, a hash list, rules. */
export const SignatureBundleFile = z.object({
  path: BundlePath,
  sizeBytes: z.number().int().min(0).max(FILE_MAX_BYTES),
  sha256: Sha256Hex,
  /** Version in the header of a container. */
  version: z.number().int().min(0).optional(),
  builtAt: z.iso.datetime().optional(),
})
export type SignatureBundleFile = z.infer<typeof SignatureBundleFile>

/** A file that a bundle omits and requires at the destination: this exact file, or a container of that name with at least that version. */
export const SignatureBundleRequirement = z.union([
  z.object({ path: BundlePath, version: z.number().int().min(0) }),
  z.object({ path: BundlePath, sha256: Sha256Hex }),
])
export type SignatureBundleRequirement = z.infer<typeof SignatureBundleRequirement>

/** `signatures.json`: the content of a signature bundle, in the order of the archive. */
export const SignatureBundleManifest = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  note: z.string().max(1000),
  /** Fingerprint of the signing key as claimed by the packer. For error messages only, not for verification. */
  signer: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  files: z
    .array(SignatureBundleFile)
    .min(1)
    .max(FILES_MAX)
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, 'duplicate file'),
  requires: z.array(SignatureBundleRequirement).max(FILES_MAX).default([]),
})
export type SignatureBundleManifest = z.infer<typeof SignatureBundleManifest>

/** "guardimesh-signatures-20261121T220000Z.tar.zst". Pure. */
export function signatureBundleName({ createdAt }: Pick<SignatureBundleManifest, 'createdAt'>): string {
  return `guardimesh-signatures-${createdAt.replace(/[-:]|\.\d+/g, '')}.tar.zst`
}

/** True for a signature bundle and for a volume of one. Pure. */
export function isSignatureBundleName(name: string): boolean {
  return NAME_PATTERN.test(name)
}

/** Returns the bundle name for a bundle or one of its volumes; undefined for other files. Pure. */
export function signatureBundleOf(name: string): string | undefined {
  return NAME_PATTERN.exec(name)?.[1]
}
