import { type CustomSignatures, SignatureServerStatus } from '@guardimesh/contracts'
import type { Catalog } from '../catalog/catalog.js'
import type { ImportJournal } from '../incoming/import-journal.js'
import type { ProfileMeasurements } from '../profile-measures/profile-measurements.js'
import type { KnownNodes } from '../roll-out/known-nodes.js'

/** As in SignatureServerStatus. */
const MAX_GENERATIONS = 20

export interface StatusSources {
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly nodes: KnownNodes
  readonly custom: { readonly current: CustomSignatures }
  readonly measures: ProfileMeasurements
  readonly acceptsUnsigned: boolean
  /** Fingerprints; none when a key cannot be read, which is told elsewhere. */
  readonly trustedKeys: () => Promise<readonly string[]>
}

/** `GET /v1/status`. */
export async function readStatus({
  catalog,
  journal,
  nodes,
  custom,
  measures,
  acceptsUnsigned,
  trustedKeys,
}: StatusSources): Promise<SignatureServerStatus> {
  return SignatureServerStatus.parse({
    activeGeneration: catalog.live?.generation ?? '',
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
    ...(measures.list.length > 0 && { profiles: [...measures.list] }),
  })
}
