import { createHash } from 'node:crypto'
import type { AuditVerification } from '@guardimesh/contracts'
import type { ChainLink, PrunedEntry } from './audit-log.repository.js'

type Broken = NonNullable<AuditVerification['broken']>

/** Previous hash of the first entry. */
const NO_HASH = '0'.repeat(64)

/** Last entry of an earlier verification. */
export interface KnownEntry {
  readonly position: number
  readonly hash: string
}

/** Verifies the chain of the audit log, one link after the other. */
export class AuditChain {
  #entries = 0
  #first: number | undefined
  #last: KnownEntry | undefined
  #broken: Broken | undefined
  readonly #pruned: PrunedEntry | undefined
  readonly #known: KnownEntry | undefined

  /**
   * @param pruned last entry that was deleted because of its age.
   * @param known  an entry whose hash is known from an earlier verification.
   */
  constructor(pruned: PrunedEntry | undefined, known: KnownEntry | undefined) {
    this.#pruned = pruned
    this.#known = known
  }

  get isBroken(): boolean {
    return this.#broken !== undefined
  }

  get lastPosition(): number {
    return this.#last?.position ?? 0
  }

  /** Adds the next link. Does nothing after the first broken one. */
  add(link: ChainLink): void {
    if (this.#broken) return
    this.#broken = this.#problemOf(link)
    if (this.#broken) return
    this.#entries++
    this.#first ??= link.position
    this.#last = { position: link.position, hash: link.hash }
  }

  /** Returns the result after the last link. */
  result(): AuditVerification {
    const broken = this.#broken ?? this.#prunedKnown() ?? this.#missingEnd() ?? null
    return {
      isIntact: broken === null,
      entries: this.#entries,
      firstPosition: this.#first ?? null,
      lastPosition: this.#last?.position ?? null,
      lastHash: this.#last?.hash ?? null,
      broken,
    }
  }

  #problemOf({ position, previousHash, hash, content }: ChainLink): Broken | undefined {
    const start = this.#pruned ?? { position: 0, hash: NO_HASH }
    const previous = this.#last ?? start
    if (position !== previous.position + 1)
      return { position: previous.position + 1, reason: 'missing', explanation: `entry ${previous.position + 1} was deleted` }
    if (previousHash !== previous.hash)
      return { position, reason: 'changed', explanation: `entry ${position} does not contain the hash of the previous entry` }
    if (hash !== hashOf(previousHash, content))
      return { position, reason: 'changed', explanation: `entry ${position} was changed after it was written` }
    if (this.#known?.position === position && this.#known.hash !== hash)
      return { position, reason: 'replaced', explanation: `entry ${position} has another hash than in the earlier verification` }
    return undefined
  }

  /** A deletion because of age must not hide another log: a known entry has to be in the chain, or be the last deleted one. */
  #prunedKnown(): Broken | undefined {
    if (!this.#known || !this.#pruned || this.#known.position > this.#pruned.position) return undefined
    const { position } = this.#known
    if (position < this.#pruned.position)
      return {
        position,
        reason: 'missing',
        explanation: `entry ${position} of the earlier verification was deleted because of its age; use a later one, from entry ${this.#pruned.position}`,
      }
    if (this.#known.hash === this.#pruned.hash) return undefined
    return { position, reason: 'replaced', explanation: `entry ${position}, which was deleted because of its age, had another hash` }
  }

  /** The end of the log is missing if it ends before an entry that is known. */
  #missingEnd(): Broken | undefined {
    if (!this.#known || this.lastPosition >= this.#known.position) return undefined
    const position = this.lastPosition + 1
    return { position, reason: 'missing', explanation: `the log ends before entry ${this.#known.position} of the earlier verification` }
  }
}

function hashOf(previousHash: string, content: string): string {
  return createHash('sha256').update(previousHash, 'hex').update(content, 'utf8').digest('hex')
}
