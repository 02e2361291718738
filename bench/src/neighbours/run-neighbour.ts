import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import type { ResultLog } from '../placements/result-log.js'
import type { BenchPlatform } from '../platform.js'
import { CROWD_IMAGE, type Neighbour, type NeighbourSite } from './neighbour.js'
import { measureEnds, type Probed, startProbes } from './probes.js'
import type { Victim } from './victim.js'

/** The victim is measured for some time after the neighbour ended, because the scanner may still work on its files. */
const SETTLE_MS = 10 * SECOND_MS

/** What happened in the victim, and to the node's processes, while a neighbour worked. */
export interface Outcome extends Probed {
  readonly neighbour: string
  /** What the neighbour did. */
  readonly work: string
  /** Coverage entries of the neighbour's containers by reason. */
  readonly gaps: Readonly<Record<string, number>>
  /** The same of the victim: lost events are found by a scan, which takes longer. */
  readonly victimGaps: Readonly<Record<string, number>>
  /** Seconds from SIGTERM to the end of each process, if the neighbour ends them. */
  readonly endSeconds: Readonly<Record<string, number>>
}

export interface BenchSite {
  readonly platform: BenchPlatform
  readonly log: ResultLog
  readonly victim: Victim
  /** A folder of this machine for the neighbours. */
  readonly folder: string
}

/** Measures the victim while a neighbour works, and removes the neighbour's pods. */
export async function runNeighbour({ platform, log, victim, folder }: BenchSite, neighbour: Neighbour): Promise<Outcome> {
  const [pods, containerIds]: [RunningPod[], Set<string>] = [[], new Set()]
  const gapsBefore = log.gaps.length
  const endProbes = startProbes(platform, victim)
  let endSeconds = {}
  const site: NeighbourSite = {
    folder: await mkdtemp(join(folder, 'neighbour-')),
    addContainer: (containerId) => void containerIds.add(containerId),
    runPod: async (name, mounts = []) => {
      const pod = await platform.containerd.runPod({ name, namespace: 'demo', image: CROWD_IMAGE, mounts })
      pods.push(pod)
      containerIds.add(pod.containerId)
      return pod
    },
    settle: () => sleep(SETTLE_MS),
    endProcesses: async () => {
      await endProbes()
      endSeconds = await measureEnds(platform)
    },
  }
  try {
    const work = await neighbour.run(site)
    const probed = await endProbes()
    const gaps = log.gaps.slice(gapsBefore)
    const victimGaps = countGaps(gaps, new Set([platform.container.containerId]))
    return { ...probed, neighbour: neighbour.name, work, gaps: countGaps(gaps, containerIds), victimGaps, endSeconds }
  } finally {
    await endProbes()
    for (const pod of pods) await pod.remove()
  }
}

function countGaps(gaps: ResultLog['gaps'], containerIds: ReadonlySet<string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason, containerId } of gaps) if (containerIds.has(containerId)) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
