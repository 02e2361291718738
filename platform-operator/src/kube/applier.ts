import { ANNOTATIONS, FIELD_MANAGER } from '@guardimesh/contracts'
import { contentHash, type KubeObject, type ObjectRef, refKey, refOf } from '../desired/object.js'
import type { ObjectCache } from './cache.js'
import { ApiError, type Client } from './client.js'
import type { ObservedObjects } from './observed-objects.js'

/** State of an object after its last apply. */
interface AppliedState {
  readonly ref: ObjectRef
  readonly uid: string | undefined
  readonly desiredHash: string
  /** Hash of the fields that the API server recorded as ours. It differs if another client changed or removed one of them. */
  readonly fieldsHash: string
  /** Resource version before the apply. A cached object that still has it is behind the apply, not changed by another client. */
  readonly previousVersion: string | undefined
}

export interface ApplierOptions {
  readonly client: Client
  readonly cache: ObjectCache
  readonly onApply?: () => void
}

/** An object that the API server rejects permanently, because of its content. */
export interface RejectedObject {
  readonly ref: ObjectRef
  /** Error message of the API server. */
  readonly reason: string
}

/** Result of applying several objects. */
export interface ApplyResult {
  /** The changed objects as the API server returned them. */
  readonly applied: readonly KubeObject[]
  readonly rejected: readonly RejectedObject[]
}
const REJECTED_STATUSES: ReadonlySet<number> = new Set([400, 403, 422])

/** Applies objects with server-side apply, and only those that differ from the desired state. */
export class Applier {
  readonly #options: ApplierOptions
  readonly #applied = new Map<string, AppliedState>()

  constructor(options: ApplierOptions) {
    this.#options = options
  }

  /**
   * Applies the objects that differ from the observed ones. The caller has to check that no object of another owner has their names.
   *
   * Objects that the API server rejects, for example a volume that cannot grow, do not prevent the others from being applied.
   */
  async applyAll(desired: readonly KubeObject[], observed: ObservedObjects): Promise<ApplyResult> {
    const applied: KubeObject[] = []
    const rejected: RejectedObject[] = []
    for (const object of desired) {
      try {
        const result = await this.#apply(object, observed.get(refKey(refOf(object))))
        if (result) applied.push({ ...result, apiVersion: object.apiVersion, kind: object.kind })
      } catch (error) {
        if (!(error instanceof ApiError && REJECTED_STATUSES.has(error.status))) throw error
        rejected.push({ ref: refOf(object), reason: error.message })
      }
    }
    return { applied, rejected }
  }

  /** Deletes the children of a resource that are not kept. Volumes are only deleted with their resource. */
  async prune(children: readonly KubeObject[], kept: readonly ObjectRef[]): Promise<void> {
    const keys = new Set(kept.map(refKey))
    for (const object of children) {
      const isKept = object.kind === 'PersistentVolumeClaim' || keys.has(refKey(refOf(object)))
      if (isKept || object.metadata.deletionTimestamp) continue
      await this.#options.client.delete(object)
      this.#applied.delete(refKey(refOf(object)))
    }
  }

  /** Drops the state of objects that no longer exist, such as those of a deleted resource. */
  forgetDeleted(): void {
    for (const [key, { ref }] of this.#applied) if (!this.#options.cache.find(ref)) this.#applied.delete(key)
  }

  /** @returns undefined if the object is up to date. */
  async #apply(object: KubeObject, existing: KubeObject | undefined): Promise<KubeObject | undefined> {
    const key = refKey(refOf(object))
    const desiredHash = contentHash(object)
    if (existing && this.#isUpToDate(key, desiredHash, existing)) return undefined
    const { metadata } = object
    const annotations = { ...metadata.annotations, [ANNOTATIONS.appliedHash]: desiredHash }
    const result = await this.#options.client.apply({ ...object, metadata: { ...metadata, annotations } })
    this.#options.onApply?.()
    this.#applied.set(key, {
      ref: refOf(object),
      uid: result.metadata.uid,
      desiredHash,
      fieldsHash: ownFieldsHash(result),
      previousVersion: existing?.metadata.resourceVersion,
    })
    return result
  }

  #isUpToDate(key: string, desiredHash: string, existing: KubeObject): boolean {
    const applied = this.#applied.get(key)
    if (!applied || applied.desiredHash !== desiredHash || applied.uid !== existing.metadata.uid) return false
    return applied.fieldsHash === ownFieldsHash(existing) || applied.previousVersion === existing.metadata.resourceVersion
  }
}

function ownFieldsHash({ metadata }: KubeObject): string {
  const ours = metadata.managedFields?.filter(
    ({ manager, operation, subresource }) => manager === FIELD_MANAGER && operation === 'Apply' && !subresource,
  )
  return contentHash(ours?.map(({ fieldsV1 }) => fieldsV1))
}
