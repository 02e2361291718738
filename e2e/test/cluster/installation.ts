import type { Browser } from 'playwright-core'
import type { BundleFiles } from '../../src/cluster/bundle.js'
import type { Cluster } from '../../src/cluster/cluster.js'
import type { ConsoleAccess } from './console-access.js'
import type { ExternalPostgres } from './external-postgres.js'
import type { VictimPod } from './victim-pods.js'

/** The nodes of the cluster under test. */
export const NODES = ['node1', 'node2'] as const

/** How long a finding may take to be on the console of a machine that does other work. */
export const APPEARS_TIMEOUT_MS = 60_000

/** What the scenarios share; each is filled by the one that comes before. */
export interface Installation {
  readonly folder: string
  readonly bundle: BundleFiles
  readonly cluster: Cluster
  readonly browser: Browser
  access: ConsoleAccess
  pods: VictimPod[]
  externalPostgres?: ExternalPostgres
}
