import { z } from 'zod'

/** Every image of the platform, the operator's too. Images, bundle and operator all go by this table. */
export const IMAGE_NAMES = ['platform-operator', 'backend', 'console', 'postgres', 'signature-server', 'scanner', 'antivirus'] as const
export type ImageName = (typeof IMAGE_NAMES)[number]

/** Where images are said to come from when no registry is named: they were loaded into the nodes' own stores, and nothing is ever pulled. */
export const LOADED_REGISTRY = 'guardimesh.local'

/**
 * Where the signature server's image has the programs of all other images, by image (`<folder>/postgres/usr/lib/…`): files that are never run,
 * and that no signature may call infected.
 */
export const GOLDEN_IMAGE_FOLDER = '/usr/share/guardimesh/golden'

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)

/** `images.json`: made with the images, carried by the chart, read by the operator and the bundle. */
export const ImageTable = z.object({
  version: z.string().min(1).max(63),
  /** Digest of the image's manifest, or of its index when there are several architectures. */
  images: z.record(z.enum(IMAGE_NAMES), z.object({ digest: Digest })),
})
export type ImageTable = z.infer<typeof ImageTable>

/**
 * "<registry>/<image>@<digest>". Pure.
 *
 * @param registry "registry.example:5000/security", without a slash at the end; undefined: images were loaded into the nodes.
 */
export function imageReference(table: ImageTable, name: ImageName, registry: string | undefined): string {
  return `${registry ?? LOADED_REGISTRY}/${name}@${table.images[name].digest}`
}

/** "<registry>/<image>:<version>": the name for people, in registries and image stores. Pure. */
export function imageTag(table: ImageTable, name: ImageName, registry: string | undefined): string {
  return `${registry ?? LOADED_REGISTRY}/${name}:${table.version}`
}
