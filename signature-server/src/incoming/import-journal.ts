import { readFile, rename } from 'node:fs/promises'
import { SignatureImport } from '@guardimesh/contracts'
import { type Logger, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

/** As in SignatureServerStatus. */
const MAX_IMPORTS = 100

const State = z.object({ imports: z.array(SignatureImport).max(MAX_IMPORTS) })

/** History of imports in `state.json`, newest first. */
export class ImportJournal {
  readonly #path: string
  readonly #log: Logger
  #imports: readonly SignatureImport[] = []

  private constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
  }

  /** Loads the history. Unfinished imports are removed, because their files are still in `incoming/` or in the queue and start again. */
  static async open(path: string, log: Logger): Promise<ImportJournal> {
    const journal = new ImportJournal(path, log)
    try {
      const { imports } = State.parse(JSON.parse(await readFile(path, 'utf8')))
      journal.#imports = imports.filter(({ endedAt }) => endedAt !== null)
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return journal
      log.error({ error }, 'invalid state.json renamed to state.json.damaged; starting with an empty import history')
      await rename(path, `${path}.damaged`)
    }
    return journal
  }

  get imports(): readonly SignatureImport[] {
    return this.#imports
  }

  /** True for a published or rejected import, which may still be in the queue for a moment. */
  hasEnded(importId: string): boolean {
    return this.#imports.some((entry) => entry.importId === importId && entry.endedAt !== null)
  }

  /** Adds or updates an import. On a full disk the import continues, but its entry is lost at the next restart. */
  async put(entry: SignatureImport): Promise<void> {
    await this.#save([entry, ...this.#without(entry.importId)].slice(0, MAX_IMPORTS))
  }

  /** Updates the progress in memory only, because it changes often and is useless after a restart. */
  progress(importId: string, progress: string): void {
    this.#imports = this.#imports.map((entry) => (entry.importId === importId ? { ...entry, progress } : entry))
  }

  /** Removes an import whose files disappeared before they were complete. */
  async forget(importId: string): Promise<void> {
    await this.#save(this.#without(importId))
  }

  #without(importId: string): SignatureImport[] {
    return this.#imports.filter((entry) => entry.importId !== importId)
  }

  async #save(imports: readonly SignatureImport[]): Promise<void> {
    this.#imports = imports
    try {
      await writeFileDurably(this.#path, `${JSON.stringify({ imports }, null, 2)}\n`)
    } catch (error) {
      this.#log.error({ error }, 'failed to write state.json')
    }
  }
}
