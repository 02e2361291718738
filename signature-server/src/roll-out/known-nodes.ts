import { readFile } from 'node:fs/promises'
import { CatalogNode, DAY_MS, MINUTE_MS } from '@guardimesh/contracts'
import { background, type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

/** As in SignatureServerStatus: more nodes than a platform has. */
const MAX_NODES = 5000
/** Who asked no later is no node any more. */
const FORGET_MS = DAY_MS
/** A crash forgets who asked in this time; they ask again. */
const SAVE_MS = MINUTE_MS

const NodesList = z.object({ nodes: z.array(CatalogNode).max(MAX_NODES) })

interface Sighting {
  readonly generation: string
  readonly seenAtMs: number
}

/** The nodes that asked for the catalogue in the last 24 hours: `nodes.json`, written at most once a minute. */
export class KnownNodes implements AsyncDisposable {
  readonly #path: string
  readonly #log: Logger
  /** Who asked longest ago comes first. */
  readonly #nodes = new Map<string, Sighting>()
  readonly #timer: NodeJS.Timeout
  #isChanged = false

  private constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
    this.#timer = setInterval(() => background(log, 'save nodes', this.#save()), SAVE_MS).unref()
  }

  /** A file that cannot be read costs nothing but the nodes' names until they ask again. */
  static async open(path: string, log: Logger): Promise<KnownNodes> {
    const known = new KnownNodes(path, log)
    const text = await unlessMissing(readFile(path, 'utf8'), '{"nodes":[]}')
    try {
      const { nodes } = NodesList.parse(JSON.parse(text))
      const aged = nodes.toSorted((one, other) => (one.seenAt < other.seenAt ? -1 : 1))
      for (const { name, generation, seenAt } of aged) known.#nodes.set(name, { generation, seenAtMs: Date.parse(seenAt) })
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'nodes.json cannot be read; nodes are known again when they ask')
    }
    return known
  }

  /** A node asks. @param generation that it has in force; empty for none. */
  saw(name: string, generation: string, now = Date.now()): void {
    this.#nodes.delete(name)
    this.#nodes.set(name, { generation, seenAtMs: now })
    const [oldest] = this.#nodes.keys()
    if (this.#nodes.size > MAX_NODES && oldest !== undefined) this.#nodes.delete(oldest)
    this.#isChanged = true
  }

  /** By name. */
  list(now = Date.now()): z.infer<typeof CatalogNode>[] {
    for (const [name, { seenAtMs }] of this.#nodes) {
      if (seenAtMs > now - FORGET_MS) break
      this.#nodes.delete(name)
    }
    return [...this.#nodes]
      .map(([name, { generation, seenAtMs }]) => ({ name, generation, seenAt: new Date(seenAtMs).toISOString() }))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#save()
  }

  async #save(): Promise<void> {
    if (!this.#isChanged) return
    this.#isChanged = false
    try {
      await writeFileDurably(this.#path, JSON.stringify({ nodes: this.list() }))
    } catch (error) {
      this.#log.warn({ error }, 'nodes.json cannot be written')
    }
  }
}
