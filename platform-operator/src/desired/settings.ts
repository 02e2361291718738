import type { ImageName, Placement } from '@guardimesh/contracts'
import type { Owner } from './object.js'

/** Which images, and how nodes come by them. */
export interface ImageSettings {
  readonly version: string
  readonly references: Readonly<Record<ImageName, string>>
  readonly pullPolicy: 'Never' | 'IfNotPresent'
  readonly pullSecrets: readonly string[]
}

/** What the operator knows of the cluster that it runs in. */
export interface ClusterFacts {
  /** "cluster.local" */
  readonly domain: string
  /** Address of the cluster's name server. */
  readonly dnsServer: string
  /** "::" where nodes have IPv6, which takes IPv4 as well; else "0.0.0.0". */
  readonly listenHost: string
}

/** What every builder takes. */
export interface ChildContext {
  readonly owner: Owner
  readonly images: ImageSettings
  readonly cluster: ClusterFacts
}

type Given<T> = T | undefined

/** Where a component's pods may run. */
export interface PlacementSettings {
  readonly nodeSelector?: Given<Placement['nodeSelector']>
  readonly tolerations?: Given<Placement['tolerations']>
  readonly affinity?: Given<Placement['affinity']>
  readonly priorityClassName?: Given<string>
}

/** Full name of a Service: "guardimesh-backend.guardimesh-system.svc.cluster.local". Pure. */
export function serviceHost({ owner, cluster }: ChildContext, serviceName: string): string {
  return `${serviceName}.${owner.namespace}.svc.${cluster.domain}`
}
