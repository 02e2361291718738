import type { PodMount, RunningPod } from '@guardimesh/testbed/pod.js'

export const CROWD_IMAGE = 'localhost/guardimesh/crowd:1'

/** A workload that must not delay detection in other containers. */
export interface Neighbour {
  readonly name: string
  /** Works for a bounded time and ends everything that it started except its pods. @returns what it did. */
  readonly run: (site: NeighbourSite) => Promise<string>
}

/** Where a neighbour works. */
export interface NeighbourSite {
  /** A folder of this machine, which exists. */
  readonly folder: string
  /** Adds a container whose coverage entries are counted. */
  readonly addContainer: (containerId: string) => void
  /** Runs a pod of `CROWD_IMAGE` until the neighbour has ended. */
  readonly runPod: (name: string, mounts?: readonly PodMount[]) => Promise<RunningPod>
  /** Waits, because the scanner may still work on the neighbour's files. */
  readonly settle: () => Promise<void>
  /** Ends the measurement of the victim, and restarts scanner and inspector. */
  readonly endProcesses: () => Promise<void>
}
