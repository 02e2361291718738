import { LRUCache } from 'lru-cache'
import type { FileIdentity } from '../node/file-identity.js'
import type { FileVerdict, Verdict } from './engine.js'
import { CLEAN } from './merge-verdicts.js'
import type { JournalRecord, VerdictJournal } from './verdict-journal.js'
import { contentKey, identityKey, sha256OfKey, type VerdictScope } from './verdict-keys.js'

/** Maximum number of files, and of contents; about 35 MB when full. */
const DEFAULT_MAX_ENTRIES = 100_000

class CachedVerdict implements FileVerdict {
  readonly verdict: Verdict
  readonly cached = true
  readonly contentKey: string
  readonly generation: string | undefined
  readonly md5: string | undefined

  constructor(verdict: Verdict, contentKey: string, generation: string | undefined, md5: string | undefined) {
    this.verdict = verdict
    this.contentKey = contentKey
    this.generation = generation
    this.md5 = md5
  }

  /** Computed on access, because it is not needed for most clean files. */
  get sha256(): Uint8Array {
    return sha256OfKey(this.contentKey)
  }
}

/** A content, and what its verdict depends on in addition. */
export interface ScannedContent {
  readonly sha256: Uint8Array
  /** 32 hexadecimal digits; undefined where MD5 is not allowed. */
  readonly md5: string | undefined
  readonly sizeBytes: number
  readonly scope: VerdictScope
}

/**
 * Caches verdicts by content, and contents by file identity for faster access. All entries belong to one signature generation and are cleared
 * with it; nothing is cached until the generation is known. Evicts the least recently used entries.
 */
export class VerdictCache {
  readonly #contents: LRUCache<string, Verdict>
  readonly #identities: LRUCache<string, CachedVerdict>
  readonly #journal: VerdictJournal | undefined
  readonly #maxEntries: number
  #generation: string | undefined
  #restored: { readonly generation: string | undefined; readonly records: readonly JournalRecord[] } | undefined

  /** @param journal persists the cache; without it, the cache is in memory only. */
  constructor(journal?: VerdictJournal, maxEntries = DEFAULT_MAX_ENTRIES) {
    this.#maxEntries = maxEntries
    this.#contents = new LRUCache({ max: maxEntries })
    this.#identities = new LRUCache({ max: maxEntries })
    this.#journal = journal
    this.#restored = journal?.read()
  }

  get generation(): string | undefined {
    return this.#generation
  }

  /** Number of files in the cache. */
  get size(): number {
    return this.#identities.size
  }

  /** Switches to another generation and clears all verdicts. Restores the journal if it belongs to this generation. */
  setGeneration(generation: string): void {
    if (generation === this.#generation) return
    this.#contents.clear()
    this.#identities.clear()
    this.#generation = generation
    if (this.#restored?.generation === generation) for (const record of this.#restored.records) this.#insert(record)
    this.#restored = undefined
    this.#restartJournal()
  }

  /** @param scope see `fileScope`. */
  findByIdentity(identity: FileIdentity, scope: string): FileVerdict | undefined {
    const key = identityKey(identity, scope)
    const cached = this.#identities.get(key)
    const verdict = cached && this.#contents.get(cached.contentKey)
    // A file whose content was evicted is not cached either.
    if (!verdict) return undefined
    if (verdict === cached.verdict) return cached
    const renewed = new CachedVerdict(verdict, cached.contentKey, this.#generation, cached.md5)
    this.#identities.set(key, renewed)
    return renewed
  }

  findByContent(content: ScannedContent): Verdict | undefined {
    return this.#contents.get(contentKey(content.sha256, content.sizeBytes, content.scope))
  }

  /** Caches a lasting verdict. `generation` is the one that was active when the scan started. */
  rememberContent(content: ScannedContent, verdict: Verdict, generation: string | undefined): void {
    if (generation === undefined || generation !== this.#generation) return
    this.#insertAndJournal({ content: contentKey(content.sha256, content.sizeBytes, content.scope), verdict })
  }

  /** Caches the content of a file, if its verdict is cached. */
  rememberFile(identity: FileIdentity, content: ScannedContent, generation: string | undefined): void {
    if (generation === undefined || generation !== this.#generation) return
    const key = contentKey(content.sha256, content.sizeBytes, content.scope)
    if (this.#contents.has(key))
      this.#insertAndJournal({ identity: identityKey(identity, content.scope.file), content: key, md5: content.md5 })
  }

  #insertAndJournal(record: JournalRecord): void {
    this.#insert(record)
    this.#journal?.append(record)
    if (this.#journal && this.#journal.lineCount > 4 * this.#maxEntries) this.#restartJournal()
  }

  #insert(record: JournalRecord): void {
    if ('identity' in record) {
      const verdict = this.#contents.peek(record.content)
      if (verdict) this.#identities.set(record.identity, new CachedVerdict(verdict, record.content, this.#generation, record.md5))
      return
    }
    // All clean contents share one object.
    this.#contents.set(record.content, record.verdict.kind === 'clean' ? CLEAN : record.verdict)
  }

  /** Rewrites the journal without evicted entries, oldest first, so that reading it restores the order. */
  #restartJournal(): void {
    if (!this.#journal || this.#generation === undefined) return
    const records: JournalRecord[] = []
    for (const content of this.#contents.rkeys()) {
      const verdict = this.#contents.peek(content)
      if (verdict) records.push({ content, verdict })
    }
    for (const identity of this.#identities.rkeys()) {
      const cached = this.#identities.peek(identity)
      if (cached) records.push({ identity, content: cached.contentKey, md5: cached.md5 })
    }
    this.#journal.restart(this.#generation, records)
  }
}
