import type { KubeObject } from '../src/desired/object.js'
import type { Client } from '../src/kube/client.js'
import { until } from './running-operator.js'

export const PLATFORM = { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshPlatform' }
export const SCANNER = { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshScanner' }
export const SECRET = { apiVersion: 'v1', kind: 'Secret' }
export const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }

interface ConditionSummary {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

export type Kind = Pick<KubeObject, 'apiVersion' | 'kind'>

/** A platform named "gm", as a user would create it. */
export function aPlatform(namespace: string, spec: unknown = {}, annotations: Record<string, string> = {}): KubeObject {
  return { ...PLATFORM, metadata: { name: 'gm', namespace, annotations }, spec }
}

export async function conditionsOf(client: Client, kind: Kind, namespace: string, name: string): Promise<readonly ConditionSummary[]> {
  const resource = await client.read(kind, namespace, name)
  return (resource?.status as { conditions?: ConditionSummary[] } | undefined)?.conditions ?? []
}

/** Waits until a condition of the resource named "gm" has the given reason and status. */
export async function untilReason(
  client: Client,
  kind: Kind,
  namespace: string,
  [type, reason, status]: readonly string[],
): Promise<ConditionSummary> {
  const condition = await until(
    async () => (await conditionsOf(client, kind, namespace, 'gm')).find((found) => found.type === type),
    (found) => found?.reason === reason && (status === undefined || found?.status === status),
  )
  return condition as ConditionSummary
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

/** Events about resources of a kind. */
export async function eventsOf(client: Client, namespace: string, kind: string): Promise<Event[]> {
  const { items } = (await client.get(`/api/v1/namespaces/${namespace}/events`)) as { items: Event[] }
  return items.filter(({ involvedObject }) => involvedObject.kind === kind)
}
