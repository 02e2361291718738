import type { ImageName, Placement } from '@guardimesh/contracts'
import type { Owner } from './object.js'

/** Image references and how nodes pull them. */
export interface ImageSettings {
  readonly version: string
  readonly references: Readonly<Record<ImageName, string>>
  readonly pullPolicy: 'Never' | 'IfNotPresent'
  readonly pullSecrets: readonly string[]
}

/** Properties of the cluster that no resource states. */
export interface ClusterFacts {
  /** Cluster domain, for example "cluster.local". */
  readonly domain: string
  /** Address of the cluster's DNS server. */
  readonly dnsServer: string
  /** "::" if nodes support IPv6, which accepts IPv4 connections as well; else "0.0.0.0". */
  readonly listenHost: string
  /** Root folder of the kubelet on the nodes. */
  readonly kubeletFolder: string
}

/** Inputs of every builder. */
export interface ChildContext {
  readonly owner: Owner
  readonly images: ImageSettings
  readonly cluster: ClusterFacts
}

/** Placement of the pods of a component. */
export interface PlacementSettings {
  readonly nodeSelector?: Placement['nodeSelector'] | undefined
  readonly tolerations?: Placement['tolerations'] | undefined
  readonly affinity?: Placement['affinity'] | undefined
  readonly priorityClassName?: string | undefined
}

/** Fully qualified name of a Service: "guardimesh-backend.guardimesh-system.svc.cluster.local". Pure. */
export function serviceHost({ owner, cluster }: Pick<ChildContext, 'owner' | 'cluster'>, serviceName: string): string {
  return `${serviceName}.${owner.namespace}.svc.${cluster.domain}`
}
