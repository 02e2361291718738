import { type Condition, componentName, type GuardimeshPlatformStatus } from '@guardimesh/contracts'
import { consoleUrl } from '../desired/console.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import { serviceHost } from '../desired/settings.js'
import { withTransitionTimes } from '../kube/report-status.js'
import { workloadState } from '../kube/workload-state.js'
import { buildPlatformConditions, type Progress } from './conditions.js'
import type { PlatformObservation } from './observe.js'

/** The whole status of a platform. Pure. @param settings undefined while nothing can be built; then what was told before stays. */
export function buildPlatformStatus(
  world: PlatformObservation,
  progress: Progress,
  settings: PlatformSettings | undefined,
): GuardimeshPlatformStatus {
  const { resource, owner, signatures, now } = world
  const old = (resource.status ?? {}) as GuardimeshPlatformStatus
  const conditions = withTransitionTimes(buildPlatformConditions(world, progress), old.conditions ?? [], now)
  return {
    ...old,
    ...(settings ? addresses(world, settings) : {}),
    ...(settings && isWholeVersion(conditions, progress) ? { version: settings.images.version } : {}),
    ...(signatures.kind === 'answered' ? { signatureGeneration: signatures.status.activeGeneration } : {}),
    observedGeneration: resource.metadata.generation ?? 0,
    components: components(world, owner.name),
    conditions,
  }
}

/** The new version is told when all of it runs. */
function isWholeVersion(conditions: readonly Condition[], { isPaused }: Progress): boolean {
  const isTrue = (type: string) => conditions.some((condition) => condition.type === type && condition.status === 'True')
  return !isPaused && ['Migrated', 'BackendReady', 'ConsoleReady'].every(isTrue)
}

function addresses(world: PlatformObservation, settings: PlatformSettings): GuardimeshPlatformStatus {
  const { owner } = world
  const consoleURL = consoleUrl(settings, livePort(world))
  return {
    ...(consoleURL === undefined ? {} : { consoleURL }),
    backendURL: `https://${serviceHost(settings, componentName(owner.name, 'backend'))}`,
    administratorSecret: settings.administratorSecret,
  }
}

function livePort(world: PlatformObservation): number | undefined {
  const service = world.find('Service', componentName(world.owner.name, 'console'))
  return (service?.spec as { readonly ports?: readonly { readonly nodePort?: number }[] } | undefined)?.ports?.[0]?.nodePort
}

function components(world: PlatformObservation, name: string): GuardimeshPlatformStatus['components'] {
  const workloads = [
    ...(['backend', 'worker', 'console', 'signature-server'] as const).map((component) => ['Deployment', component] as const),
    ['StatefulSet', 'postgres'] as const,
  ]
  return workloads.flatMap(([kind, component]) => {
    const found = workloadState(world.find(kind, componentName(name, component)))
    if (!found) return []
    return [{ name: component, ready: found.ready, desired: found.desired, ...(found.image ? { image: found.image } : {}) }]
  })
}
