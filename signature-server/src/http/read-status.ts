import { type CustomSignatures, SignatureServerStatus } from '@guardimesh/contracts'
import type { Catalog } from '../catalog/catalog.js'
import type { ImportJournal } from '../incoming/import-journal.js'
import type { ProfileMeasurements } from '../profile-measurements/profile-measurements.js'
import type { KnownNodes } from '../roll-out/known-nodes.js'

/** As in SignatureServerStatus. */
const MAX_GENERATIONS = 20

export interface StatusSources {
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly nodes: KnownNodes
  readonly custom: { readonly current: CustomSignatures }
  readonly measurements: ProfileMeasurements
  readonly acceptsUnsigned: boolean
  /** Returns the fingerprints; an empty list after a read error, which is logged by the implementation. */
  readonly trustedKeys: () => Promise<readonly string[]>
}

/** Builds the response to `GET /v1/status`. */
export async function readStatus({
  catalog,
  journal,
  nodes,
  custom,
  measurements,
  acceptsUnsigned,
  trustedKeys,
}: StatusSources): Promise<SignatureServerStatus> {
  return SignatureServerStatus.parse({
    activeGeneration: catalog.active?.generation ?? '',
    headGeneration: catalog.head?.generation ?? '',
    rollOut: catalog.rollOut,
    settings: catalog.settings,
    customRevision: custom.current.revision,
    trustedKeys: await trustedKeys(),
    acceptsUnsigned,
    generations: catalog.list().slice(0, MAX_GENERATIONS),
    sources: catalog.listSources(),
    imports: [...journal.imports],
    nodes: nodes.list(),
    ...(measurements.list.length > 0 && { profiles: [...measurements.list] }),
  })
}
