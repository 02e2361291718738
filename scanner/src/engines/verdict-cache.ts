import { LRUCache } from 'lru-cache'
import type { FileIdentity } from '../node/file-identity.js'
import type { FileVerdict, Verdict } from './engine.js'
import { CLEAN } from './merge-verdicts.js'
import type { JournalRecord, VerdictJournal } from './verdict-journal.js'
import { contentKey, identityKey, sha256OfKey } from './verdict-keys.js'

/** Files and contents that are remembered; about 35 MB when full. */
const DEFAULT_MAX_ENTRIES = 100_000

/** A verdict that was given before. */
class CachedVerdict implements FileVerdict {
  readonly verdict: Verdict
  readonly cached = true
  readonly contentKey: string
  readonly generation: string | undefined
  readonly md5: string | undefined
  toldMark = 0

  constructor(verdict: Verdict, contentKey: string, generation: string | undefined, md5: string | undefined) {
    this.verdict = verdict
    this.contentKey = contentKey
    this.generation = generation
    this.md5 = md5
  }

  /** Made when asked for: of the thousands of clean files that a scan knows nobody wants it. */
  get sha256(): Uint8Array {
    return sha256OfKey(this.contentKey)
  }
}

/** What was looked at: a content, and which engines looked. */
export interface ScannedContent {
  readonly sha256: Uint8Array
  /** 32 hexadecimal digits; undefined where MD5 is forbidden. */
  readonly md5: string | undefined
  readonly sizeBytes: number
  readonly obfuscation: boolean
}

/**
 * Verdicts by content, and files by identity as its fast front. Everything belongs to one signature generation and falls with it; until the
 * generation is known, nothing is remembered. Bounded: what was used least recently goes first.
 */
export class VerdictCache {
  readonly #contents: LRUCache<string, Verdict>
  readonly #identities: LRUCache<string, CachedVerdict>
  readonly #journal: VerdictJournal | undefined
  readonly #maxEntries: number
  #generation: string | undefined
  #left: { readonly generation: string | undefined; readonly records: readonly JournalRecord[] } | undefined

  /** @param journal what survives a restart; without one the cache lives in memory only. */
  constructor(journal?: VerdictJournal, maxEntries = DEFAULT_MAX_ENTRIES) {
    this.#maxEntries = maxEntries
    this.#contents = new LRUCache({ max: maxEntries })
    this.#identities = new LRUCache({ max: maxEntries })
    this.#journal = journal
    this.#left = journal?.read()
  }

  get generation(): string | undefined {
    return this.#generation
  }

  /** Files whose verdict is known by identity. */
  get size(): number {
    return this.#identities.size
  }

  /** Goes over to another generation: all verdicts fall. The same one as on disk takes up what the last process knew. */
  setGeneration(generation: string): void {
    if (generation === this.#generation) return
    this.#contents.clear()
    this.#identities.clear()
    this.#generation = generation
    if (this.#left?.generation === generation) for (const record of this.#left.records) this.#take(record)
    this.#left = undefined
    this.#restartJournal()
  }

  findByIdentity(identity: FileIdentity, obfuscation: boolean): FileVerdict | undefined {
    const key = identityKey(identity, obfuscation)
    const known = this.#identities.get(key)
    const verdict = known && this.#contents.get(known.contentKey)
    // A file whose content was forgotten is not known either.
    if (!verdict) return undefined
    if (verdict === known.verdict) return known
    const renewed = new CachedVerdict(verdict, known.contentKey, this.#generation, known.md5)
    this.#identities.set(key, renewed)
    return renewed
  }

  findByContent(content: ScannedContent): Verdict | undefined {
    return this.#contents.get(contentKey(content.sha256, content.sizeBytes, content.obfuscation))
  }

  /** Remembers a verdict that lasts. `generation` is the one that was in force when the scan began. */
  rememberContent(content: ScannedContent, verdict: Verdict, generation: string | undefined): void {
    if (generation === undefined || generation !== this.#generation) return
    this.#put({ content: contentKey(content.sha256, content.sizeBytes, content.obfuscation), verdict })
  }

  /** Remembers that a file has a content whose verdict is known. */
  rememberFile(identity: FileIdentity, content: ScannedContent, generation: string | undefined): void {
    if (generation === undefined || generation !== this.#generation) return
    const key = contentKey(content.sha256, content.sizeBytes, content.obfuscation)
    if (this.#contents.has(key)) this.#put({ identity: identityKey(identity, content.obfuscation), content: key, md5: content.md5 })
  }

  #put(record: JournalRecord): void {
    this.#take(record)
    this.#journal?.append(record)
    if (this.#journal && this.#journal.lineCount > 4 * this.#maxEntries) this.#restartJournal()
  }

  #take(record: JournalRecord): void {
    if ('identity' in record) {
      const verdict = this.#contents.peek(record.content)
      if (verdict) this.#identities.set(record.identity, new CachedVerdict(verdict, record.content, this.#generation, record.md5))
      return
    }
    // One object for all that is clean.
    this.#contents.set(record.content, record.verdict.kind === 'clean' ? CLEAN : record.verdict)
  }

  /** Leaves out what was forgotten. Oldest first, so that a reader ends up with the same order. */
  #restartJournal(): void {
    if (!this.#journal || this.#generation === undefined) return
    const records: JournalRecord[] = []
    for (const content of this.#contents.rkeys()) {
      const verdict = this.#contents.peek(content)
      if (verdict) records.push({ content, verdict })
    }
    for (const identity of this.#identities.rkeys()) {
      const known = this.#identities.peek(identity)
      if (known) records.push({ identity, content: known.contentKey, md5: known.md5 })
    }
    this.#journal.restart(this.#generation, records)
  }
}
