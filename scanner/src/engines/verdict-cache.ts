import { LRUCache } from 'lru-cache'
import type { FileIdentity } from '../node/file-identity.js'
import type { FileVerdict, Verdict } from './engine.js'
import { CLEAN } from './merge-verdicts.js'
import type { JournalRecord, VerdictJournal } from './verdict-journal.js'
import { contentKey, identityKey, sha256OfKey, type VerdictScope } from './verdict-keys.js'

/**
 * Maximum number of files, and of contents; about 25 MB when full. V8 doubles the table of a map whose entries are replaced all the time if it has
 * more than 65,536 of them, so that a few more entries need far more memory.
 */
const DEFAULT_MAX_ENTRIES = 60_000

/** A content in the cache, shared by all files that have it. */
interface CachedContent {
  readonly key: string
  readonly verdict: Verdict
  readonly generation: string | undefined
  /** Undefined until a file with this content was hashed with MD5. */
  md5: string | undefined
}

/** Has no field of its own but the content, because there are a hundred thousand. */
class CachedVerdict implements FileVerdict {
  readonly content: CachedContent

  constructor(content: CachedContent) {
    this.content = content
  }

  get verdict(): Verdict {
    return this.content.verdict
  }

  get contentKey(): string {
    return this.content.key
  }

  get generation(): string | undefined {
    return this.content.generation
  }

  get md5(): string | undefined {
    return this.content.md5
  }

  get sha256(): Uint8Array {
    return sha256OfKey(this.content.key)
  }

  get cached(): boolean {
    return true
  }

  get isKept(): boolean {
    return true
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
  readonly #contents: LRUCache<string, CachedContent>
  readonly #files: LRUCache<string, CachedVerdict>
  readonly #journal: VerdictJournal | undefined
  readonly #maxEntries: number
  #generation: string | undefined
  #isRestored = false

  /** @param journal persists the cache; without it, the cache is in memory only. */
  constructor(journal?: VerdictJournal, maxEntries = DEFAULT_MAX_ENTRIES) {
    this.#maxEntries = maxEntries
    this.#contents = new LRUCache({ max: maxEntries })
    this.#files = new LRUCache({ max: maxEntries })
    this.#journal = journal
  }

  get generation(): string | undefined {
    return this.#generation
  }

  /** Number of files in the cache. */
  get size(): number {
    return this.#files.size
  }

  /** Switches to another generation and clears all verdicts. Restores the journal if it belongs to this generation. */
  setGeneration(generation: string): void {
    if (generation === this.#generation) return
    this.#clear()
    this.#generation = generation
    if (!this.#isRestored && this.#journal?.read(generation, (record) => this.#insert(record)) === false) this.#clear()
    this.#isRestored = true
    this.#restartJournal()
  }

  /** @param scope see `fileScope`. */
  findByIdentity(identity: FileIdentity, scope: string): FileVerdict | undefined {
    const key = identityKey(identity, scope)
    const cached = this.#files.get(key)
    const content = cached && this.#contents.get(cached.contentKey)
    // A file whose content was evicted is not cached either.
    if (!content) return undefined
    if (content === cached.content) return cached
    const renewed = new CachedVerdict(content)
    this.#files.set(key, renewed)
    return renewed
  }

  findByContent(content: ScannedContent): Verdict | undefined {
    return this.#contents.get(contentKey(content.sha256, content.sizeBytes, content.scope))?.verdict
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

  #clear(): void {
    this.#contents.clear()
    this.#files.clear()
  }

  #insertAndJournal(record: JournalRecord): void {
    this.#insert(record)
    this.#journal?.append(record)
    if (this.#journal && this.#journal.lineCount > 4 * this.#maxEntries) this.#restartJournal()
  }

  #insert(record: JournalRecord): void {
    if ('identity' in record) {
      const content = this.#contents.peek(record.content)
      if (!content) return
      content.md5 ??= record.md5
      this.#files.set(record.identity, new CachedVerdict(content))
      return
    }
    // All clean contents share one object.
    const verdict = record.verdict.kind === 'clean' ? CLEAN : record.verdict
    const known = this.#contents.peek(record.content)
    const content = known?.verdict === verdict ? known : { key: record.content, verdict, generation: this.#generation, md5: known?.md5 }
    this.#contents.set(content.key, content)
  }

  /** Rewrites the journal without evicted entries, oldest first, so that reading it restores the order. */
  #restartJournal(): void {
    if (!this.#journal || this.#generation === undefined) return
    const [contents, files] = [[...this.#contents.rkeys()], [...this.#files.rkeys()]]
    this.#journal.restart(this.#generation, contents.length + files.length, this.#records(this.#generation, contents, files))
  }

  /** Yields the records of keys that are still in the cache. The journal reads them little by little, while the cache changes. */
  *#records(generation: string, contents: readonly string[], files: readonly string[]): Generator<JournalRecord> {
    for (const key of contents) {
      if (generation !== this.#generation) return
      const content = this.#contents.peek(key)
      if (content) yield { content: key, verdict: content.verdict }
    }
    for (const identity of files) {
      if (generation !== this.#generation) return
      const file = this.#files.peek(identity)
      if (file) yield { identity, content: file.contentKey, md5: file.md5 }
    }
  }
}
