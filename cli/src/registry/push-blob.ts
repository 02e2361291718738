import { backoffMs, sleep } from '@guardimesh/kit'
import type { CommandError } from '../command-error.js'
import type { HttpAnswer } from '../net/http-request.js'
import { type BlobPush, hasBlob, locationOf, openUpload, queryUpload, rejected, sendForBlob, type UploadSession } from './blob-requests.js'
import { statedBytes } from './refusal.js'
import { type RegistryAnswer, RegistryUnreachableError } from './registry-client.js'
import type { UploadPlan } from './upload-plan.js'

const ATTEMPTS_MAX = 5
const RETRY = { firstMs: 500, maxMs: 10_000 }
const RANGE_INVALID = 416
const TOO_LARGE = 413

/** Ensures that a repository has a blob. @returns whether it existed, was mounted or was sent. @throws CommandError with the message of the registry. */
export async function pushBlob(push: BlobPush): Promise<'existed' | 'mounted' | 'sent'> {
  if (await hasBlob(push)) return 'existed'
  const session = await openUpload(push)
  if (!session) return 'mounted'
  await new BlobUpload(push, session).send()
  return 'sent'
}

/** A request of an upload that the registry answered with an error. */
interface Rejection {
  readonly plan: UploadPlan
  readonly answer: RegistryAnswer
  readonly sentBytes: number
}

/** Uploads one blob. After a failure it resumes at the received size, or starts again the way that the registry accepts. */
class BlobUpload {
  readonly #push: BlobPush
  #session: UploadSession
  #reportedBytes = 0
  #failures = 0
  /** The plan of a failed request: the registry has to be queried before the next one. */
  #interrupted: UploadPlan | undefined

  constructor(push: BlobPush, session: UploadSession) {
    this.#push = push
    this.#session = session
  }

  async send(): Promise<void> {
    while (!(await this.#attempt())) if (this.#failures > 0) await sleep(backoffMs(this.#failures, RETRY), this.#push.signal)
  }

  /** @returns whether the blob is complete. */
  async #attempt(): Promise<boolean> {
    let plan: UploadPlan | undefined
    try {
      if (this.#interrupted) await this.#resume(this.#interrupted)
      plan = this.#push.client.uploads.planFor(this.#push.sizeBytes, this.#session.minimumBytes)
      const outcome = await this.#sendNext(plan)
      if (outcome === 'complete') return true
      if (outcome === 'continue') this.#failures = 0
      else await this.#adapt(outcome)
    } catch (error) {
      if (!(error instanceof RegistryUnreachableError) || this.#push.signal?.aborted) throw error
      this.#countFailure(error)
      if (plan) this.#adaptToClosedConnection(plan)
    }
    return false
  }

  /** Sends the next part, or completes the upload after the last one. */
  async #sendNext(plan: UploadPlan): Promise<'complete' | 'continue' | Rejection> {
    const { digest, sizeBytes } = this.#push
    const { location, receivedBytes: start } = this.#session
    const last = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`
    const isWhole = plan.kind === 'put' && sizeBytes > 0
    if (isWhole || start >= sizeBytes) {
      const body = isWhole ? { range: [0, sizeBytes] as const } : { headers: { 'content-length': 0 } }
      const answer = await sendForBlob(this.#push, { method: 'PUT', path: last, ...body })
      if (answer.status !== 201) return { plan, answer, sentBytes: isWhole ? sizeBytes : 0 }
      this.#report(sizeBytes)
      return 'complete'
    }
    const end = this.#endOf(plan, start)
    // In one PATCH without a range, like docker, skopeo and crane: some registries take the range as the sign of a chunked upload.
    const headers: Record<string, string> = plan.kind === 'chunks' ? { 'content-range': `${start}-${end - 1}` } : {}
    const answer = await sendForBlob(this.#push, { method: 'PATCH', path: location, headers, range: [start, end] })
    if (![201, 202, 204].includes(answer.status)) return { plan, answer, sentBytes: end - start }
    this.#session = { ...this.#session, location: locationOf(this.#push, answer), receivedBytes: end }
    this.#report(end)
    return 'continue'
  }

  #endOf(plan: UploadPlan, start: number): number {
    const { sizeBytes } = this.#push
    const { minimumBytes } = this.#session
    const end = plan.kind === 'chunks' ? start + Math.max(plan.chunkBytes, minimumBytes) : sizeBytes
    // Some registries apply the minimum to the last chunk as well.
    return sizeBytes - end < Math.max(1, minimumBytes) ? sizeBytes : end
  }

  /** Chooses the next request after an error response. @throws CommandError if there is none. */
  async #adapt({ plan, answer, sentBytes }: Rejection): Promise<void> {
    const { minimumBytes, receivedBytes } = this.#session
    const error = rejected(this.#push, answer)
    if (answer.status === RANGE_INVALID && (await this.#resume(plan)) && this.#session.receivedBytes !== receivedBytes)
      return this.#countFailure(error)
    const facts = { plan, status: answer.status, sentBytes, statedBytes: statedBytes(answer), minimumBytes }
    this.#interrupted = plan
    if (sentBytes > 0 && this.#push.client.uploads.adapt(facts)) return
    if (!isTemporary(answer)) throw error
    this.#countFailure(error)
  }

  /** Some servers close the connection of a body over their limit, and their answer gets lost. */
  #adaptToClosedConnection(plan: UploadPlan): void {
    this.#interrupted = plan
    const { minimumBytes, receivedBytes } = this.#session
    const sentBytes = this.#endOf(plan, receivedBytes) - receivedBytes
    const facts = { plan, status: TOO_LARGE, sentBytes, statedBytes: undefined, minimumBytes }
    if (this.#failures > 1 && this.#push.client.uploads.adapt(facts)) this.#failures = 1
  }

  #countFailure(error: CommandError): void {
    this.#failures += 1
    if (this.#failures >= ATTEMPTS_MAX) throw error
  }

  /** @returns whether the upload continues where it stopped, instead of starting again. */
  async #resume(plan: UploadPlan): Promise<boolean> {
    const next = this.#push.client.uploads.planFor(this.#push.sizeBytes, this.#session.minimumBytes)
    const resumed = plan.kind === 'chunks' && next.kind === 'chunks' ? await queryUpload(this.#push, this.#session) : undefined
    const session = resumed ?? (await openUpload({ ...this.#push, mountFrom: undefined }))
    if (session) this.#session = session
    this.#interrupted = undefined
    this.#report(this.#session.receivedBytes)
    return resumed !== undefined
  }

  #report(sentBytes: number): void {
    this.#push.onSent?.(sentBytes - this.#reportedBytes)
    this.#reportedBytes = sentBytes
  }
}

/** Includes an upload that the registry has lost. */
function isTemporary({ status }: HttpAnswer): boolean {
  return status >= 500 || status === 404 || status === 408 || status === 429
}
