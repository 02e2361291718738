import { z } from 'zod'

/** All images, including that of the operator. Image build, bundle and operator use this list. */
export const IMAGE_NAMES = ['platform-operator', 'backend', 'console', 'postgres', 'signature-server', 'scanner', 'antivirus'] as const
export type ImageName = (typeof IMAGE_NAMES)[number]

/** Registry part of image references if no registry is configured: the images are preloaded on the nodes and never pulled. */
export const LOADED_REGISTRY = 'guardimesh.local'

/**
 * Golden set in the image of the signature server: the programs of all other images, by image (`<folder>/postgres/usr/lib/…`). They are
 * never executed, and no signature may match them.
 */
export const GOLDEN_IMAGE_FOLDER = '/usr/share/guardimesh/golden'

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)

/** `images.json`: written by the image build, included in the chart, read by the operator and the bundle. */
export const ImageTable = z.object({
  version: z.string().min(1).max(63),
  /** Digest of the image manifest, or of the index for several architectures. */
  images: z.record(z.enum(IMAGE_NAMES), z.object({ digest: Digest })),
})
export type ImageTable = z.infer<typeof ImageTable>

/**
 * Image reference by digest: "<registry>/<image>@<digest>". Pure.
 *
 * @param registry "registry.example:5000/security", without a trailing slash; undefined if the images have been loaded into the nodes.
 */
export function imageReference(table: ImageTable, name: ImageName, registry: string | undefined): string {
  return `${registry ?? LOADED_REGISTRY}/${name}@${table.images[name].digest}`
}

/** Image reference by tag, for registries and image stores: "<registry>/<image>:<version>". Pure. */
export function imageTag(table: ImageTable, name: ImageName, registry: string | undefined): string {
  return `${registry ?? LOADED_REGISTRY}/${name}:${table.version}`
}
