import type { Resources, ScannerContainer } from '@guardimesh/contracts'

type Quantities = Readonly<Record<string, string | number>>
interface ContainerResources {
  readonly requests: Quantities
  readonly limits: Quantities
}

/** Requests and limits of CPU, memory, and ephemeral storage (logs and temporary files). */
const resources = (cpu: Range, memory: Range, disk: Range): ContainerResources => ({
  requests: { cpu: cpu[0], memory: memory[0], 'ephemeral-storage': disk[0] },
  limits: { cpu: cpu[1], memory: memory[1], 'ephemeral-storage': disk[1] },
})
type Range = readonly [request: string, limit: string]

/** Defaults for small clusters. The limits stop a runaway component from exhausting a large node. */
export const DEFAULT_RESOURCES = {
  backend: resources(['50m', '4'], ['160Mi', '768Mi'], ['64Mi', '1Gi']),
  worker: resources(['10m', '2'], ['96Mi', '512Mi'], ['64Mi', '1Gi']),
  console: resources(['5m', '2'], ['16Mi', '128Mi'], ['64Mi', '1Gi']),
  postgres: resources(['50m', '8'], ['256Mi', '2Gi'], ['64Mi', '1Gi']),
  // clamscan test loads each draft next to the server: 1.3 GiB for the official databases, up to twice that with third-party ones. The disk
  // holds what sigtool unpacks to /tmp, and the logs.
  'signature-server': resources(['10m', '4'], ['96Mi', '3Gi'], ['64Mi', '7Gi']),
  'set-up': resources(['20m', '4'], ['96Mi', '512Mi'], ['64Mi', '1Gi']),
} as const

/**
 * Size of /tmp of the signature server. To compute the delta between two versions of a database, both are unpacked: about 0.5 GiB each for
 * the largest official database, and up to this size for the largest file that is accepted (2 GiB, compressed about 1:3).
 */
export const SIGNATURE_SERVER_TMP_SIZE = '6Gi'

/** Defaults by container of the scanner pod. */
export const SCANNER_RESOURCES: Readonly<Record<ScannerContainer, ContainerResources>> = {
  scanner: resources(['20m', '4'], ['80Mi', '512Mi'], ['64Mi', '1Gi']),
  // The official signatures need about 1.2 GiB of memory. Archives are unpacked to disk, up to 400 MiB per thread.
  antivirus: resources(['20m', '4'], ['800Mi', '2Gi'], ['256Mi', '8Gi']),
  inspector: resources(['5m', '2'], ['56Mi', '256Mi'], ['64Mi', '1Gi']),
  // It test loads each new generation with clamscan before activating it, which needs as much memory as clamd, plus 100 MiB of its own.
  // The disk holds the active, the previous and the next generation, and an unpacked delta: four times the official 0.5 to 1 GiB.
  puller: resources(['5m', '2'], ['48Mi', '2Gi'], ['512Mi', '6Gi']),
  'obfuscation-scanner': resources(['5m', '2'], ['64Mi', '512Mi'], ['64Mi', '1Gi']),
}

/** Writes a few kilobytes and exits. */
export const PROFILE_INSTALLER_RESOURCES = resources(['5m', '2'], ['48Mi', '192Mi'], ['16Mi', '64Mi'])

/** Overrides defaults by resource name. Pure. */
export function mergeResources(defaults: ContainerResources, overrides: Resources | undefined): ContainerResources {
  return { requests: { ...defaults.requests, ...overrides?.requests }, limits: { ...defaults.limits, ...overrides?.limits } }
}
