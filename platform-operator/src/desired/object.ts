import { createHash } from 'node:crypto'
import { FIELD_MANAGER, LABELS, PART_OF } from '@guardimesh/contracts'

export type StringRecord = Readonly<Record<string, string>>

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller: boolean
  readonly blockOwnerDeletion: boolean
}

/** Any Kubernetes object. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly generation?: number
    readonly creationTimestamp?: string
    readonly deletionTimestamp?: string
    readonly labels?: StringRecord
    readonly annotations?: StringRecord
    readonly ownerReferences?: readonly OwnerReference[]
    readonly managedFields?: readonly ManagedFields[]
  }
  readonly [field: string]: unknown
}

export interface ManagedFields {
  readonly manager?: string
  readonly operation?: string
  readonly subresource?: string
  readonly fieldsV1?: unknown
}

/** Identifies an object within a namespace. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

export const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef => ({ apiVersion, kind, name: metadata.name })
export const refKey = ({ apiVersion, kind, name }: ObjectRef): string => `${apiVersion}/${kind}/${name}`

/** The custom resource that owns the built objects. */
export interface Owner {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly uid: string
}

/** Labels of a child. @param component for example "backend" or "set-up". */
export function childLabels(owner: Owner, component: string): StringRecord {
  return { ...selectorLabels(owner, component), [LABELS.component]: component, [LABELS.partOf]: PART_OF, [LABELS.managedBy]: FIELD_MANAGER }
}

/** Labels for selectors. They must never change, because selectors of workloads are immutable. */
export function selectorLabels(owner: Owner, component: string): StringRecord {
  return { [LABELS.name]: `guardimesh-${component}`, [LABELS.instance]: owner.name }
}

/** Owner reference that makes the cluster delete the child with its owner. */
export function ownerReference({ apiVersion, kind, name, uid }: Owner): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

export interface ChildIdentity {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly component: string
  readonly annotations?: StringRecord
}

/** Builds a child with name, labels and owner reference. Pure. */
export function child(owner: Owner, identity: ChildIdentity, body: Readonly<Record<string, unknown>>): KubeObject {
  const { apiVersion, kind, name, component, annotations } = identity
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: owner.namespace,
      labels: childLabels(owner, component),
      ...(annotations ? { annotations } : {}),
      ownerReferences: [ownerReference(owner)],
    },
    ...body,
  }
}

/** Hashes content independently of the order of keys: the first 16 hexadecimal digits of SHA-256 over JSON with sorted keys. Pure. */
export function contentHash(content: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
    .slice(0, 16)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
}
