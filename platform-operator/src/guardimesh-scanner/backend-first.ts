import { componentName } from '@guardimesh/contracts'
import type { KubeObject } from '../desired/object.js'
import type { ImageSettings } from '../desired/settings.js'
import type { ObjectCache } from '../kube/cache.js'
import { PLATFORM } from '../kube/kinds.js'
import { workloadState } from '../kube/workload-state.js'

/**
 * Whether existing scanners have to keep their images for now, because the API of their platform does not run the same release yet. Scanners
 * without a platform in this cluster are updated at once: their API is upgraded first, by the administrator. Pure.
 *
 * @param daemonSet of the scanner pods; undefined before the first installation, which has no older API.
 */
export function isWaitingForBackend(
  scanner: KubeObject,
  daemonSet: KubeObject | undefined,
  references: ImageSettings['references'],
  { cache }: { readonly cache: Pick<ObjectCache, 'find'> },
): boolean {
  const platform = scanner.metadata.ownerReferences?.find(({ kind }) => kind === PLATFORM.kind)
  if (!platform || !daemonSet || imagesOf(daemonSet).includes(references.scanner)) return false
  const backend = workloadState(cache.find({ apiVersion: 'apps/v1', kind: 'Deployment', name: componentName(platform.name, 'backend') }))
  return !backend?.isRolledOut || backend.image !== references.backend
}

interface PodTemplateSpec {
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } }
}

function imagesOf({ spec }: KubeObject): (string | undefined)[] {
  return (spec as PodTemplateSpec | undefined)?.template?.spec?.containers?.map(({ image }) => image) ?? []
}
