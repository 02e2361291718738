import { z } from 'zod'
import { Sha256Hex, SignaturePath } from './manifest.js'

/** List of a signature bundle, its first file, and the ed25519 signature over its bytes, its second. */
export const SIGNATURE_BUNDLE_LIST = 'signatures.json'
export const SIGNATURE_BUNDLE_SIGNATURE = 'signatures.json.sig'

/** As many as a generation holds. */
const FILES_MAX = 200
/** Eleven octal digits: what a tar archive can say. */
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
  /** What the header of a container says. */
  version: z.number().int().min(0).optional(),
  builtAt: z.iso.datetime().optional(),
})
export type SignatureBundleFile = z.infer<typeof SignatureBundleFile>

/** What a bundle left out, as the other side has it: this very file, or a container of that name with at least that version. */
export const SignatureBundleRequirement = z.union([
  z.object({ path: BundlePath, version: z.number().int().min(0) }),
  z.object({ path: BundlePath, sha256: Sha256Hex }),
])
export type SignatureBundleRequirement = z.infer<typeof SignatureBundleRequirement>

/** `signatures.json`: what is in a signature bundle, in the order of the archive. */
export const SignatureBundleManifest = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  note: z.string().max(1000),
  /** Fingerprint of the key that signed it, as the packer says: for the sentence that refuses it, no proof. */
  signer: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  files: z
    .array(SignatureBundleFile)
    .min(1)
    .max(FILES_MAX)
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, 'names a file twice'),
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

/** Name of the bundle that a file of this name is, or is a volume of; undefined when it is neither. Pure. */
export function signatureBundleOf(name: string): string | undefined {
  return NAME_PATTERN.exec(name)?.[1]
}
