import { readFile, rename } from 'node:fs/promises'
import { SignatureImport } from '@guardimesh/contracts'
import { type Logger, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

/** As in SignatureServerStatus. */
const MAX_IMPORTS = 100

const State = z.object({ imports: z.array(SignatureImport).max(MAX_IMPORTS) })

/** What became of everything that was put in: `state.json`, newest first. */
export class ImportJournal {
  readonly #path: string
  readonly #log: Logger
  #imports: readonly SignatureImport[] = []

  private constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
  }

  /** Imports that were under way are forgotten: their files are still in `incoming/`, and are taken anew. */
  static async open(path: string, log: Logger): Promise<ImportJournal> {
    const journal = new ImportJournal(path, log)
    try {
      const { imports } = State.parse(JSON.parse(await readFile(path, 'utf8')))
      journal.#imports = imports.filter(({ endedAt }) => endedAt !== null)
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return journal
      log.error({ error }, 'state.json cannot be read; it is kept as state.json.damaged, and the list of imports begins anew')
      await rename(path, `${path}.damaged`)
    }
    return journal
  }

  get imports(): readonly SignatureImport[] {
    return this.#imports
  }

  /** True for one that was published or refused; its order may be on disk for a moment more. */
  hasEnded(importId: string): boolean {
    return this.#imports.some((entry) => entry.importId === importId && entry.endedAt !== null)
  }

  /** Adds an import or its next state. A full disk costs its memory after a restart, not the import. */
  async put(entry: SignatureImport): Promise<void> {
    await this.#save([entry, ...this.#without(entry.importId)].slice(0, MAX_IMPORTS))
  }

  /** What is being done right now; only in memory, as it changes often and means nothing after a restart. */
  progress(importId: string, progress: string): void {
    this.#imports = this.#imports.map((entry) => (entry.importId === importId ? { ...entry, progress } : entry))
  }

  /** Forgets an import whose files were taken away before they were whole. */
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
      this.#log.error({ error }, 'state.json cannot be written')
    }
  }
}
