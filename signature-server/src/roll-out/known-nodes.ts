import { readFile } from 'node:fs/promises'
import { CatalogNode, DAY_MS, MINUTE_MS } from '@guardimesh/contracts'
import { background, type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

/** As in SignatureServerStatus. */
const MAX_NODES = 5000
/** Time after its last request that a node is removed. */
const RETENTION_MS = DAY_MS
/** A crash loses the requests of one interval; nodes repeat them. */
const SAVE_INTERVAL_MS = MINUTE_MS

const NodesList = z.object({ nodes: z.array(CatalogNode).max(MAX_NODES) })

interface LastRequest {
  readonly generation: string
  readonly seenAtMs: number
}

/** Tracks the nodes that requested the catalogue in the last 24 hours, in `nodes.json`, written at most once per minute. */
export class KnownNodes implements AsyncDisposable {
  readonly #path: string
  readonly #log: Logger
  /** In order of the last request, oldest first. */
  readonly #nodes = new Map<string, LastRequest>()
  readonly #timer: NodeJS.Timeout
  #isChanged = false

  private constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
    this.#timer = setInterval(() => background(log, 'save nodes', this.#save()), SAVE_INTERVAL_MS).unref()
  }

  /** Loads the list. An invalid file is ignored, because nodes reappear with their next request. */
  static async open(path: string, log: Logger): Promise<KnownNodes> {
    const known = new KnownNodes(path, log)
    const text = await unlessMissing(readFile(path, 'utf8'), '{"nodes":[]}')
    try {
      const { nodes } = NodesList.parse(JSON.parse(text))
      const aged = nodes.toSorted((one, other) => (one.seenAt < other.seenAt ? -1 : 1))
      for (const { name, generation, seenAt } of aged) known.#nodes.set(name, { generation, seenAtMs: Date.parse(seenAt) })
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'ignoring invalid nodes.json; nodes reappear with their next request')
    }
    return known
  }

  /** Records a request of a node. @param generation active on the node; empty for none. */
  recordRequest(name: string, generation: string, now = Date.now()): void {
    this.#nodes.delete(name)
    this.#nodes.set(name, { generation, seenAtMs: now })
    const [oldest] = this.#nodes.keys()
    if (this.#nodes.size > MAX_NODES && oldest !== undefined) this.#nodes.delete(oldest)
    this.#isChanged = true
  }

  /** Returns the nodes, sorted by name. */
  list(now = Date.now()): z.infer<typeof CatalogNode>[] {
    for (const [name, { seenAtMs }] of this.#nodes) {
      if (seenAtMs > now - RETENTION_MS) break
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
      this.#log.warn({ error }, 'failed to write nodes.json')
    }
  }
}
