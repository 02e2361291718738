import type { Resources, ScannerContainer } from '@guardimesh/contracts'

type Quantities = Readonly<Record<string, string | number>>
interface ContainerResources {
  readonly requests: Quantities
  readonly limits: Quantities
}

/** From what is set aside to what may be used: processors, memory, and disk of the node (logs and temporary files). */
const need = (cpu: Range, memory: Range, disk: Range): ContainerResources => ({
  requests: { cpu: cpu[0], memory: memory[0], 'ephemeral-storage': disk[0] },
  limits: { cpu: cpu[1], memory: memory[1], 'ephemeral-storage': disk[1] },
})
type Range = readonly [request: string, limit: string]

/** For small clusters. The limits keep a part that runs wild from taking a large node for itself; a small one has no more than that to spare. */
export const DEFAULT_RESOURCES = {
  backend: need(['50m', '4'], ['160Mi', '768Mi'], ['64Mi', '1Gi']),
  worker: need(['10m', '2'], ['96Mi', '512Mi'], ['64Mi', '1Gi']),
  console: need(['5m', '2'], ['16Mi', '128Mi'], ['64Mi', '1Gi']),
  postgres: need(['50m', '8'], ['256Mi', '2Gi'], ['64Mi', '1Gi']),
  // A new set of signatures is loaded once by clamscan beside the server: 1.3 GiB for the official one, and up to twice that with sets of others.
  // sigtool unpacks to /tmp; beside that there are the logs.
  'signature-server': need(['10m', '4'], ['96Mi', '3Gi'], ['64Mi', '7Gi']),
  'set-up': need(['20m', '4'], ['96Mi', '512Mi'], ['64Mi', '1Gi']),
} as const

/**
 * /tmp of the signature server. To make the step from one version of a database to the next, both are unpacked: of the largest official one
 * about 0.5 GiB each, of the largest file that is taken (2 GiB, packed about one to three) no more than this.
 */
export const SIGNATURE_SERVER_TMP_SIZE = '6Gi'

/** By container of the scanner's pod. */
export const SCANNER_RESOURCES: Readonly<Record<ScannerContainer, ContainerResources>> = {
  scanner: need(['20m', '4'], ['80Mi', '512Mi'], ['64Mi', '1Gi']),
  // The official signatures take about 1.2 GiB. Archives are unpacked onto the disk, up to 400 MiB for each of its threads.
  antivirus: need(['20m', '4'], ['800Mi', '2Gi'], ['256Mi', '8Gi']),
  inspector: need(['5m', '2'], ['56Mi', '256Mi'], ['64Mi', '1Gi']),
  // It loads a new set once, by clamscan, before it is put in force: as much as the antivirus has, beside its own 100 MiB. On the disk lie the set
  // in force, the one before, the one that comes, and what an update is unpacked into: four times the official 0.5 to 1 GiB.
  puller: need(['5m', '2'], ['48Mi', '2Gi'], ['512Mi', '6Gi']),
  'obfuscation-scanner': need(['5m', '2'], ['64Mi', '512Mi'], ['64Mi', '1Gi']),
}

/** Defaults with what is given over them, name by name. Pure. */
export function mergeResources(defaults: ContainerResources, given: Resources | undefined): ContainerResources {
  return { requests: { ...defaults.requests, ...given?.requests }, limits: { ...defaults.limits, ...given?.limits } }
}
