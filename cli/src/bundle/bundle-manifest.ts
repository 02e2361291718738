import { ImageTable } from '@guardimesh/contracts'
import { type ArchiveForm, TAR_FILE_MAX_BYTES } from '@guardimesh/signature-format'
import { z } from 'zod'

const MANIFEST_PATH = 'bundle.json'
const SIGNATURE_PATH = 'bundle.json.sig'
/** Folder of the OCI layout. */
export const IMAGES_FOLDER = 'images'
/** About 200 bytes for each file. */
const MANIFEST_MAX_BYTES = 4 * 1024 * 1024
const FILES_MAX = 10_000

/** "images/blobs/sha256/…": relative, no empty part, no part that is only dots, no characters with a meaning in terminals or shells. */
const PATH_PATTERN = /^(?!\.+(\/|$))(?!.*\/\.+(\/|$))[A-Za-z0-9._+@~-]+(\/[A-Za-z0-9._+@~-]+)*$/

const BundleFile = z.object({
  path: z
    .string()
    .max(255)
    .regex(PATH_PATTERN, 'must be a plain relative path: no "..", no "/" at its beginning')
    .refine((path) => path !== MANIFEST_PATH && path !== SIGNATURE_PATH, 'is a name of the bundle itself'),
  sizeBytes: z.number().int().min(0).max(TAR_FILE_MAX_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BundleFile = z.infer<typeof BundleFile>

export const ARCHITECTURES = ['x64', 'arm64'] as const
export type Architecture = (typeof ARCHITECTURES)[number]

/** `bundle.json`: the files of a bundle, in the order of the archive. */
export const BundleManifest = z.object({
  format: z.literal(1),
  version: z
    .string()
    .max(63)
    .regex(/^[0-9A-Za-z][0-9A-Za-z.+-]*$/),
  architecture: z.enum(ARCHITECTURES),
  images: ImageTable,
  files: z
    .array(BundleFile)
    .max(FILES_MAX)
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, 'names a file twice'),
})
export type BundleManifest = z.infer<typeof BundleManifest>

/** "guardimesh-1.2.0-x64.tar.zst". Pure. */
export function bundleName(manifest: Pick<BundleManifest, 'version' | 'architecture'>): string {
  return `guardimesh-${manifest.version}-${manifest.architecture}.tar.zst`
}

/** Only programs have execute permission. Pure. */
export function modeOf(path: string): number {
  return path.startsWith('bin/') ? 0o755 : 0o644
}

/** The installation bundle as an archive. */
export const BUNDLE_FORM: ArchiveForm<BundleManifest> = {
  listPath: MANIFEST_PATH,
  signaturePath: SIGNATURE_PATH,
  listMaxBytes: MANIFEST_MAX_BYTES,
  schema: BundleManifest,
  modeOf,
}
