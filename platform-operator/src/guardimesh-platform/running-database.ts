import { type Component, componentName, PORTS } from '@guardimesh/contracts'
import { bundledDatabaseHost } from '../desired/database.js'
import { type KubeObject, refKey } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import type { ChildContext } from '../desired/settings.js'
import type { ObservedObjects } from '../kube/observed-objects.js'
import { workloadState } from '../kube/workload-state.js'

type Names = Pick<ChildContext, 'owner' | 'cluster'>

interface TemplateSpec {
  readonly template?: {
    readonly spec?: { readonly containers?: readonly { readonly env?: readonly { readonly name: string; readonly value?: string }[] }[] }
  }
}

/** URL of the database that the pods of a live Deployment use, without the password; undefined if there is none. Pure. */
function databaseUrlOf(deployment: KubeObject | undefined): URL | undefined {
  const containers = ((deployment?.spec ?? {}) as TemplateSpec).template?.spec?.containers ?? []
  const value = containers.flatMap(({ env = [] }) => env).find(({ name }) => name === 'DATABASE_URL')?.value
  return value !== undefined && URL.canParse(value) ? new URL(value) : undefined
}

const find = (objects: ObservedObjects, kind: string, owner: string, component: Component) =>
  objects.get(refKey({ apiVersion: 'apps/v1', kind, name: componentName(owner, component) }))

/** URL of the database that the API uses, without the password; undefined before the API was created. Pure. */
export function runningDatabaseUrl(objects: ObservedObjects, { owner }: Pick<Names, 'owner'>): URL | undefined {
  return databaseUrlOf(find(objects, 'Deployment', owner.name, 'backend'))
}

/**
 * Keeps the bundled database until its external successor was set up and every pod uses it: the set-up Job verifies the connection and
 * migrates the schema, and only then the workloads are changed. Pure.
 */
export function withDatabaseInUse(spec: PlatformSpec, objects: ObservedObjects, names: Names): PlatformSpec {
  if (spec.database.type === 'Bundled' || !find(objects, 'StatefulSet', names.owner.name, 'postgres')) return spec
  const isSwitched = (['backend', 'worker'] as const).every((component) => {
    const deployment = find(objects, 'Deployment', names.owner.name, component)
    const url = databaseUrlOf(deployment)
    return workloadState(deployment)?.isRolledOut && url !== undefined && url.hostname !== bundledDatabaseHost(names)
  })
  return isSwitched ? spec : { ...spec, database: { ...spec.database, isBundledNeeded: true } }
}

/** Ports of the external databases among the URLs, in ascending order. Pure. */
export function externalDatabasePorts(urls: readonly (URL | undefined)[], names: Names): number[] {
  const external = urls.filter((url) => url !== undefined).filter(({ hostname }) => hostname !== bundledDatabaseHost(names))
  return [...new Set(external.map(portOf))].sort((a, b) => a - b)
}

/** "the bundled database", or "the external database db.example:5432". Pure. */
export function describeDatabase(url: URL, names: Names): string {
  return url.hostname === bundledDatabaseHost(names) ? 'the bundled database' : `the external database ${url.hostname}:${portOf(url)}`
}

const portOf = ({ port }: URL): number => Number(port || PORTS.postgres)
