import { ANNOTATIONS, FIELD_MANAGER, LABELS } from '@guardimesh/contracts'
import { contentHash, type KubeObject, type ObjectRef, type Owner, refKey, refOf } from '../desired/object.js'
import type { ObjectCache } from './cache.js'
import { ApiError, type Client } from './client.js'

/** What is remembered of an object that was applied. */
interface Applied {
  readonly ref: ObjectRef
  readonly uid: string | undefined
  readonly desiredHash: string
  /** The fields that the API server wrote down as ours: anything else there means that somebody changed or removed one. */
  readonly fieldsHash: string
  /** Version before the apply: a copy that still has it has only not heard of the apply yet. */
  readonly previousVersion: string | undefined
}

export interface ApplierOptions {
  readonly client: Client
  readonly cache: ObjectCache
  readonly onApply?: () => void
}

/** The API server does not take an object as it is, and would not tomorrow. */
export interface RejectedObject {
  readonly ref: ObjectRef
  /** The server's own words. */
  readonly reason: string
}
const REFUSED: ReadonlySet<number> = new Set([400, 403, 422])

/** Makes objects as they shall be, and writes nothing when they are. */
export class Applier {
  readonly #options: ApplierOptions
  readonly #applied = new Map<string, Applied>()

  constructor(options: ApplierOptions) {
    this.#options = options
  }

  /** @returns the first object that exists under a wanted name and is not this resource's; undefined when there is none. */
  async firstForeign(owner: Owner, desired: readonly KubeObject[]): Promise<ObjectRef | undefined> {
    for (const object of desired) {
      const live = await this.#live(object)
      if (live && !isOwned(live, owner)) return refOf(object)
    }
    return undefined
  }

  /**
   * Applies what is not as desired. All of it must be this resource's, or not be there.
   *
   * @returns what the API server refused for its content, such as a volume that cannot grow; all else was applied nevertheless.
   */
  async applyAll(desired: readonly KubeObject[]): Promise<RejectedObject[]> {
    const refusals: RejectedObject[] = []
    for (const object of desired) {
      try {
        await this.#apply(object)
      } catch (error) {
        if (!(error instanceof ApiError && REFUSED.has(error.status))) throw error
        refusals.push({ ref: refOf(object), reason: error.message })
      }
    }
    return refusals
  }

  /** Deletes what the resource owns and is neither desired nor kept. Volumes go with their resource only, never before. */
  async prune(owner: Owner, kept: readonly ObjectRef[]): Promise<void> {
    const keys = new Set(kept.map(refKey))
    for (const object of this.#options.cache.childrenOf(owner.uid)) {
      const isKept = object.kind === 'PersistentVolumeClaim' || keys.has(refKey(refOf(object)))
      if (isKept || object.metadata.deletionTimestamp) continue
      await this.#options.client.delete(object)
      this.#applied.delete(refKey(refOf(object)))
    }
  }

  /** Nothing is remembered of what is not there any more, such as the objects of a resource that was deleted. */
  forgetDeleted(): void {
    for (const [key, { ref }] of this.#applied) if (!this.#options.cache.find(ref)) this.#applied.delete(key)
  }

  async #apply(object: KubeObject): Promise<void> {
    const key = refKey(refOf(object))
    const desiredHash = contentHash(object)
    // What was never applied need not be read: nobody else has it, as was asked before, and applying it says the rest.
    const live = this.#applied.has(key) ? await this.#live(object) : this.#options.cache.find(refOf(object))
    if (live && this.#isApplied(key, desiredHash, live)) return
    const { metadata } = object
    const annotations = { ...metadata.annotations, [ANNOTATIONS.appliedHash]: desiredHash }
    const result = await this.#options.client.apply({ ...object, metadata: { ...metadata, annotations } })
    this.#options.onApply?.()
    this.#applied.set(key, {
      ref: refOf(object),
      uid: result.metadata.uid,
      desiredHash,
      fieldsHash: ownFieldsHash(result),
      previousVersion: live?.metadata.resourceVersion,
    })
  }

  #isApplied(key: string, desiredHash: string, live: KubeObject): boolean {
    const applied = this.#applied.get(key)
    if (!applied || applied.desiredHash !== desiredHash || applied.uid !== live.metadata.uid) return false
    return applied.fieldsHash === ownFieldsHash(live) || applied.previousVersion === live.metadata.resourceVersion
  }

  /** The cache has only what bears our label, so what it lacks may still be there. */
  async #live(object: KubeObject): Promise<KubeObject | undefined> {
    const { cache, client } = this.#options
    return cache.find(refOf(object)) ?? client.read(object, object.metadata.namespace ?? '', object.metadata.name)
  }
}

/** Whether an object is a resource's own. A volume that was kept has no owner: its labels say whose it was. Pure. */
export function isOwned({ kind, metadata }: KubeObject, owner: Owner): boolean {
  const controller = metadata.ownerReferences?.find(({ controller }) => controller)
  if (controller) return controller.uid === owner.uid
  const { labels } = metadata
  return kind === 'PersistentVolumeClaim' && labels?.[LABELS.managedBy] === FIELD_MANAGER && labels[LABELS.instance] === owner.name
}

function ownFieldsHash({ metadata }: KubeObject): string {
  const ours = metadata.managedFields?.filter(
    ({ manager, operation, subresource }) => manager === FIELD_MANAGER && operation === 'Apply' && !subresource,
  )
  return contentHash(ours?.map(({ fieldsV1 }) => fieldsV1))
}
