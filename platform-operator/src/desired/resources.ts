import type { Resources, ScannerContainer } from '@guardimesh/contracts'

type Quantities = Readonly<Record<string, string | number>>
interface ContainerResources {
  readonly requests: Quantities
  readonly limits: Quantities
}

const need = (cpu: string, memory: string, memoryLimit: string): ContainerResources => ({
  requests: { cpu, memory },
  limits: { memory: memoryLimit },
})

/** For small clusters. Processor time has no limit: what a node has to spare may be used. */
export const DEFAULT_RESOURCES = {
  backend: need('50m', '160Mi', '768Mi'),
  worker: need('10m', '96Mi', '512Mi'),
  console: need('5m', '16Mi', '128Mi'),
  postgres: need('50m', '256Mi', '2Gi'),
  // A new set of signatures is loaded once by clamscan beside the server: 1.3 GiB for the official one.
  'signature-server': need('10m', '96Mi', '3Gi'),
  'set-up': need('20m', '96Mi', '512Mi'),
} as const

/** By container of the scanner's pod. */
export const SCANNER_RESOURCES: Readonly<Record<ScannerContainer, ContainerResources>> = {
  scanner: need('20m', '80Mi', '512Mi'),
  // The official signatures take about 1.2 GiB.
  antivirus: need('20m', '800Mi', '2Gi'),
  inspector: need('5m', '56Mi', '256Mi'),
  // It loads a new set once, by clamscan, before it is put in force.
  puller: need('5m', '48Mi', '2Gi'),
  'obfuscation-scanner': need('5m', '64Mi', '512Mi'),
}

/** Defaults with what is given over them, name by name. Pure. */
export function mergeResources(defaults: ContainerResources, given: Resources | undefined): ContainerResources {
  return { requests: { ...defaults.requests, ...given?.requests }, limits: { ...defaults.limits, ...given?.limits } }
}
