import { type Condition, componentName, type GuardimeshPlatformStatus } from '@guardimesh/contracts'
import { consoleUrl } from '../desired/console.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import { serviceHost } from '../desired/settings.js'
import { withTransitionTimes } from '../kube/report-status.js'
import { workloadState } from '../kube/workload-state.js'
import { buildPlatformConditions } from './conditions.js'
import { findObject, type PlatformObservation } from './observe.js'
import type { Progress } from './progress.js'

/** Builds the status of a platform. Addresses and version stay as reported before unless workloads were applied. Pure. */
export function buildPlatformStatus(observed: PlatformObservation, progress: Progress): GuardimeshPlatformStatus {
  const { settings } = progress
  const { resource, owner, signatures, now } = observed
  const previous = (resource.status ?? {}) as GuardimeshPlatformStatus
  const conditions = withTransitionTimes(buildPlatformConditions(observed, progress), previous.conditions ?? [], now)
  return {
    ...previous,
    ...(settings ? addresses(observed, settings) : {}),
    ...(settings && isVersionComplete(conditions, progress) ? { version: settings.images.version } : {}),
    ...(signatures.kind === 'answered' ? { signatureGeneration: signatures.status.activeGeneration } : {}),
    observedGeneration: resource.metadata.generation ?? 0,
    components: components(observed, owner.name),
    conditions,
  }
}

/** A new version is reported once all components run it. */
function isVersionComplete(conditions: readonly Condition[], { isPaused }: Progress): boolean {
  const isTrue = (type: string) => conditions.some((condition) => condition.type === type && condition.status === 'True')
  return !isPaused && ['Migrated', 'BackendReady', 'ConsoleReady'].every(isTrue)
}

function addresses(observed: PlatformObservation, settings: PlatformSettings): GuardimeshPlatformStatus {
  const { owner } = observed
  const consoleURL = consoleUrl(settings, livePort(observed))
  return {
    ...(consoleURL === undefined ? {} : { consoleURL }),
    backendURL: `https://${serviceHost(settings, componentName(owner.name, 'backend'))}`,
    administratorSecret: settings.administratorSecret,
  }
}

function livePort(observed: PlatformObservation): number | undefined {
  const service = findObject(observed, 'Service', componentName(observed.owner.name, 'console'))
  return (service?.spec as { readonly ports?: readonly { readonly nodePort?: number }[] } | undefined)?.ports?.[0]?.nodePort
}

function components(observed: PlatformObservation, name: string): GuardimeshPlatformStatus['components'] {
  const workloads = [
    ...(['backend', 'worker', 'console', 'signature-server'] as const).map((component) => ['Deployment', component] as const),
    ['StatefulSet', 'postgres'] as const,
  ]
  return workloads.flatMap(([kind, component]) => {
    const found = workloadState(findObject(observed, kind, componentName(name, component)))
    if (!found) return []
    return [{ name: component, ready: found.ready, desired: found.desired, ...(found.image ? { image: found.image } : {}) }]
  })
}
