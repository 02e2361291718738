import type { KubeObject } from '../src/desired/object.js'
import type { Client } from '../src/kube/client.js'
import { until } from './running-operator.js'

export const PLATFORM = { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshPlatform' }
export const SCANNER = { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshScanner' }
export const SECRET = { apiVersion: 'v1', kind: 'Secret' }
export const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }

interface Told {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

export type Kind = Pick<KubeObject, 'apiVersion' | 'kind'>

/** A platform named "gm", as a person would write it. */
export function aPlatform(namespace: string, spec: unknown = {}, annotations: Record<string, string> = {}): KubeObject {
  return { ...PLATFORM, metadata: { name: 'gm', namespace, annotations }, spec }
}

export async function conditionsOf(client: Client, kind: Kind, namespace: string, name: string): Promise<readonly Told[]> {
  const resource = await client.read(kind, namespace, name)
  return (resource?.status as { conditions?: Told[] } | undefined)?.conditions ?? []
}

/** Waits until a condition of the resource named "gm" has a reason. */
export async function untilReason(client: Client, kind: Kind, namespace: string, [type, reason, status]: readonly string[]): Promise<Told> {
  const told = await until(
    async () => (await conditionsOf(client, kind, namespace, 'gm')).find((condition) => condition.type === type),
    (condition) => condition?.reason === reason && (status === undefined || condition?.status === status),
  )
  return told as Told
}

export async function untilExists(client: Client, kind: Kind, namespace: string, name: string): Promise<KubeObject> {
  const found = await until(
    () => client.read(kind, namespace, name),
    (object) => object !== undefined,
  )
  return found as KubeObject
}

interface Event {
  readonly involvedObject: { readonly kind: string; readonly name: string }
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
}

/** What was told about a resource, one entry an event. */
export async function eventsOf(client: Client, namespace: string, kind: string): Promise<Event[]> {
  const { items } = (await client.get(`/api/v1/namespaces/${namespace}/events`)) as { items: Event[] }
  return items.filter(({ involvedObject }) => involvedObject.kind === kind)
}
