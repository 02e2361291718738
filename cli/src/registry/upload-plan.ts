import { KIB_BYTES, MIB_BYTES } from '@guardimesh/contracts'

/** How a blob is sent: in chunks; in one PATCH as docker, skopeo and crane do; or with the final PUT. */
export type UploadPlan = { readonly kind: 'chunks'; readonly chunkBytes: number } | { readonly kind: 'patch' } | { readonly kind: 'put' }

export interface RejectedRequest {
  readonly plan: UploadPlan
  readonly status: number
  readonly sentBytes: number
  /** Size that the response names. */
  readonly statedBytes: number | undefined
  /** Smallest chunk that the registry accepts. */
  readonly minimumBytes: number
}

/** After a failure only the current chunk is sent again. */
const CHUNK_BYTES = 16 * MIB_BYTES
/** A registry behind a smaller limit cannot receive manifests either. */
const CHUNK_MIN_BYTES = 64 * KIB_BYTES
/** A PATCH with less than the minimum would be rejected. */
const SMALL_BLOB: UploadPlan = { kind: 'put' }
/** A body larger than the limit, and requests that a registry without chunked uploads rejects. */
const REJECTIONS = new Set([400, 405, 411, 413, 416, 501])

/** Finds out how a registry accepts blobs. All uploads to a registry share it, so that each limit is met once. */
export class UploadPlanner {
  #current: UploadPlan = { kind: 'chunks', chunkBytes: CHUNK_BYTES }
  readonly #tried = new Set<UploadPlan['kind']>(['chunks'])

  planFor(sizeBytes: number, minimumBytes: number): UploadPlan {
    return sizeBytes < minimumBytes ? SMALL_BLOB : this.#current
  }

  /** @returns whether there is another plan after this rejection. */
  adapt(rejected: RejectedRequest): boolean {
    if (rejected.plan === SMALL_BLOB) return false
    // Another upload has already changed the plan.
    if (rejected.plan !== this.#current) return true
    const next = this.#next(rejected)
    if (!next) return false
    this.#current = next
    this.#tried.add(next.kind)
    return true
  }

  #next({ status, sentBytes, statedBytes = 0, minimumBytes }: RejectedRequest): UploadPlan | undefined {
    if (!REJECTIONS.has(status)) return undefined
    const smallest = Math.max(CHUNK_MIN_BYTES, minimumBytes)
    if (statedBytes >= smallest && statedBytes < sentBytes) return { kind: 'chunks', chunkBytes: statedBytes }
    if (status !== 413 && !this.#tried.has('patch')) return { kind: 'patch' }
    if (status !== 413 && !this.#tried.has('put')) return { kind: 'put' }
    const chunkBytes = Math.floor(Math.min(sentBytes, CHUNK_BYTES) / 2)
    return chunkBytes < smallest ? undefined : { kind: 'chunks', chunkBytes }
  }
}
