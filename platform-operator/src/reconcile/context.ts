import { IMAGE_NAMES, type Images, type ImageTable, imageReference } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import type { ClusterFacts, ImageSettings } from '../desired/settings.js'
import type { Applier } from '../kube/applier.js'
import type { ObjectCache } from '../kube/cache.js'
import type { Client } from '../kube/client.js'
import type { Kind } from '../kube/kinds.js'
import type { SignaturePoller } from '../signature-status/signature-poller.js'

/** Dependencies of both reconcilers. */
export interface OperatorContext {
  readonly client: Client
  readonly cache: ObjectCache
  readonly applier: Applier
  readonly signatures: SignaturePoller
  readonly namespace: string
  readonly cluster: ClusterFacts
  readonly version: string
  /** The optional kinds that this cluster serves. */
  readonly optionalKinds: readonly Kind[]
  readonly imageSettings: (images: Images | undefined) => ImageSettings
  readonly clock: () => Date
  readonly log: Logger
}

/** Image references and pull settings for the `images` of a spec. Pure. */
export function imageSettings(table: ImageTable, images: Images | undefined): ImageSettings {
  const { registry, pullSecrets = [] } = images ?? {}
  const references = Object.fromEntries(IMAGE_NAMES.map((name) => [name, imageReference(table, name, registry)]))
  return {
    version: table.version,
    references: references as ImageSettings['references'],
    pullPolicy: registry === undefined ? 'Never' : 'IfNotPresent',
    pullSecrets: pullSecrets.map(({ name }) => name),
  }
}
