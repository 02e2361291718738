import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const UploadState = z.record(z.string(), z.object({ url: z.string(), startedAt: z.iso.datetime() }))
type UploadState = z.infer<typeof UploadState>

/** The server also removes uploads after a day. */
const RETENTION_MS = 24 * 60 * 60 * 1000

/**
 * Stores the addresses of unfinished uploads in a file, so that the next run can resume them after an interruption. The file contains no
 * keys. If it cannot be written, only resuming does not work.
 */
export class UploadStateStore {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** @param upload key for the same content and the same server. */
  find(upload: string): string | undefined {
    return this.#read()[upload]?.url
  }

  /** Synchronous: it must be on disk before the first byte is sent. */
  save(upload: string, url: string): void {
    this.#write({ ...this.#read(), [upload]: { url, startedAt: new Date().toISOString() } })
  }

  remove(uploads: readonly string[]): void {
    this.#write(Object.fromEntries(Object.entries(this.#read()).filter(([upload]) => !uploads.includes(upload))))
  }

  #read(): UploadState {
    try {
      const oldestMs = Date.now() - RETENTION_MS
      const all = Object.entries(UploadState.parse(JSON.parse(readFileSync(this.#path, 'utf8'))))
      return Object.fromEntries(all.filter(([, { startedAt }]) => Date.parse(startedAt) > oldestMs))
    } catch {
      // Missing or damaged: uploads start from the beginning.
      return {}
    }
  }

  #write(state: UploadState): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch {
      // Without a writable home folder uploads work, but cannot be resumed.
    }
  }
}
