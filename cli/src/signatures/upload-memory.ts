import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Memory = z.record(z.string(), z.object({ url: z.string(), startedAt: z.iso.datetime() }))
type Memory = z.infer<typeof Memory>

/** The server forgets uploads after a day, too. */
const KEPT_MS = 24 * 60 * 60 * 1000

/**
 * Where uploads that were begun can go on: a small file, so that a run that was interrupted, or killed, is continued by the next one. It holds
 * addresses of uploads, no key. Without a place to keep it everything works but that.
 */
export class UploadMemory {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** @param upload what is uploaded where: the same for the same content at the same server. */
  find(upload: string): string | undefined {
    return this.#read()[upload]?.url
  }

  /** Synchronous: it must be on disk before the first byte is sent. */
  remember(upload: string, url: string): void {
    this.#write({ ...this.#read(), [upload]: { url, startedAt: new Date().toISOString() } })
  }

  forget(uploads: readonly string[]): void {
    this.#write(Object.fromEntries(Object.entries(this.#read()).filter(([upload]) => !uploads.includes(upload))))
  }

  #read(): Memory {
    try {
      const oldestMs = Date.now() - KEPT_MS
      const all = Object.entries(Memory.parse(JSON.parse(readFileSync(this.#path, 'utf8'))))
      return Object.fromEntries(all.filter(([, { startedAt }]) => Date.parse(startedAt) > oldestMs))
    } catch {
      // Missing or damaged: uploads begin anew.
      return {}
    }
  }

  #write(memory: Memory): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch {
      // A home that cannot be written to costs the continuation, not the upload.
    }
  }
}
