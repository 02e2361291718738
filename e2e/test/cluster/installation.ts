import type { Browser } from 'playwright-core'
import type { BundleFiles } from '../../src/cluster/bundle.js'
import type { Cluster } from '../../src/cluster/cluster.js'
import type { ConsoleAccess } from './console-access.js'
import type { ExternalPostgres } from './external-postgres.js'
import type { VictimPod } from './victim-pods.js'

/** The nodes of the cluster under test. */
export const NODES = ['node1', 'node2'] as const

/** Maximum time until the console shows a finding, on a machine under load. */
export const APPEARS_TIMEOUT_MS = 60_000

/** State that the scenarios share; earlier scenarios set the mutable fields. */
export interface Installation {
  readonly folder: string
  readonly bundle: BundleFiles
  readonly cluster: Cluster
  readonly browser: Browser
  access: ConsoleAccess
  pods: VictimPod[]
  externalPostgres?: ExternalPostgres
}
