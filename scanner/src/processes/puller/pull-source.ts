import { HOUR_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, errorCodeOf, GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { type PullOptions, type PullOutcome, pull } from './pull.js'
import { readActiveGeneration, type ServerSource } from './server-source.js'
import type { SignatureSource } from './source.js'
import { readSourceFolder } from './source-folder.js'

/** How long a node without signatures waits for the signature server before it takes the folder. */
const SERVER_WAIT_MS = 20 * SECOND_MS
const RETRY = { firstMs: 500, maxMs: 4 * SECOND_MS }
/** A generation that this node refused is not fetched and loaded again before; what was in its way, such as memory, may be gone then. */
export const REJECTION_MS = HOUR_MS

export interface PullSourceOptions extends PullOptions {
  readonly server: ServerSource | undefined
  /** Without a server, the source; with one, what is taken while nothing is in force and the server gives nothing. */
  readonly folder: string | undefined
}

/** Pulls from the signature server, or from the folder. */
export class PullSource {
  readonly #options: PullSourceOptions
  readonly #log: Logger
  #refused: { readonly generation: string; readonly why: string; readonly untilMs: number } | undefined

  constructor(options: PullSourceOptions) {
    this.#options = options
    this.#log = options.log
  }

  /** The newest generation that this node refused; undefined when it took it, or none was refused. */
  get rejectedGeneration(): string | undefined {
    return this.#refused?.generation
  }

  /** True while the generation that is offered is one that this node refused, and does not try again yet. */
  get hasRejected(): boolean {
    return this.#refused !== undefined && performance.now() <= this.#refused.untilMs
  }

  /** Name of the generation in force; undefined when there is none, or it is damaged. */
  async activeGeneration(): Promise<string | undefined> {
    return readActiveGeneration(this.#options.signaturesFolder)
  }

  /** Pulls. @throws what `pull` throws; what is in force stays then. */
  async pull(signal: AbortSignal): Promise<PullOutcome> {
    const { server, folder } = this.#options
    if (!server) return pull(this.#options, await readSourceFolder(folder ?? ''), signal)
    const giveUpMs = performance.now() + SERVER_WAIT_MS
    for (let failures = 1; ; failures++) {
      try {
        return await this.#pullServer(server, signal)
      } catch (error) {
        signal.throwIfAborted()
        if ((await this.activeGeneration()) !== undefined) throw error
        const isLate = performance.now() > giveUpMs || errorCodeOf(error) !== 'BACKEND_UNAVAILABLE'
        if (isLate) return this.#startWithFolder(error, signal)
        this.#log.warn({ reason: messageOf(error) }, 'nothing in force yet; trying the signature server again')
        await sleep(backoffMs(failures, RETRY), signal)
      }
    }
  }

  /** Any signatures are better than none. @throws `error` when there is no folder. */
  async #startWithFolder(error: unknown, signal: AbortSignal): Promise<PullOutcome> {
    const { folder } = this.#options
    if (folder === undefined) throw error
    this.#log.error({ error }, 'nothing from the signature server and nothing in force: taking the starter set')
    return pull(this.#options, await readSourceFolder(folder), signal)
  }

  async #pullServer(server: ServerSource, signal: AbortSignal): Promise<PullOutcome> {
    const { report } = this.#options
    const source = await server.read(signal)
    this.#throwIfRefused(source)
    try {
      const outcome = await pull(this.#options, source, signal)
      this.#refused = undefined
      await report.clearRejection()
      return outcome
    } catch (error) {
      const { generation } = source
      if (generation !== undefined && errorCodeOf(error) === 'SIGNATURES_INVALID') {
        const why = messageOf(error)
        this.#refused = { generation, why, untilMs: performance.now() + REJECTION_MS }
        await report.recordRejection(generation, why)
      }
      throw error
    }
  }

  #throwIfRefused({ generation }: SignatureSource): void {
    const refused = this.#refused
    if (!refused || refused.generation !== generation || performance.now() > refused.untilMs) return
    throw new GuardError('SIGNATURES_INVALID', `this node refused the generation ${generation}: ${refused.why}`, { generation })
  }
}
