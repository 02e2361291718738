import type { SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import { HOUR_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, errorCodeOf, GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { type PullOptions, type PullOutcome, pull } from './pull.js'
import { readActiveGeneration, type ServerSource } from './server-source.js'
import type { SignatureSource } from './source.js'
import { readSourceFolder } from './source-folder.js'

/** How long a node without signatures waits for the signature server before it uses the folder. */
const SERVER_WAIT_MS = 20 * SECOND_MS
const RETRY = { firstMs: 500, maxMs: 4 * SECOND_MS }
/** How long a rejected generation is not fetched again. The cause, such as too little memory, may be gone afterwards. */
export const REJECTION_MS = HOUR_MS

export interface PullSourceOptions extends PullOptions {
  readonly server: ServerSource | undefined
  /** The only source without a server; with one, the fallback while no generation is active and the server fails. */
  readonly folder: string | undefined
}

/** Pulls from the signature server, or from the folder, and remembers which generation this node has rejected. */
export class PullSource {
  readonly #options: PullSourceOptions
  readonly #log: Logger
  #rejected: { readonly generation: string; readonly reason: string; readonly untilMs: number } | undefined

  constructor(options: PullSourceOptions) {
    this.#options = options
    this.#log = options.log
  }

  /** The newest generation if this node rejected it; else undefined. */
  get rejectedGeneration(): string | undefined {
    return this.#rejected?.generation
  }

  /** True while the offered generation is one that this node has rejected and does not retry yet. */
  get hasRejected(): boolean {
    return this.#rejected !== undefined && performance.now() <= this.#rejected.untilMs
  }

  /** Returns the name of the active generation; undefined when there is none, or it is damaged. */
  async activeGeneration(): Promise<string | undefined> {
    return readActiveGeneration(this.#options.signaturesFolder)
  }

  /**
   * Pulls the offered generation. If this fails, the active generation stays.
   *
   * @param catalog what the signature server offers, if a long poll has fetched it; otherwise it is requested.
   * @throws the errors of `pull`.
   */
  async pull(signal: AbortSignal, catalog?: SignatureCatalog): Promise<PullOutcome> {
    const { server, folder } = this.#options
    if (!server) return pull(this.#options, await readSourceFolder(folder ?? ''), signal)
    const giveUpMs = performance.now() + SERVER_WAIT_MS
    for (let failures = 1; ; failures++) {
      try {
        return await this.#pullFromServer(server, failures === 1 ? catalog : undefined, signal)
      } catch (error) {
        signal.throwIfAborted()
        if ((await this.activeGeneration()) !== undefined) throw error
        const isLate = performance.now() > giveUpMs || errorCodeOf(error) !== 'SIGNATURE_SERVER_UNAVAILABLE'
        if (isLate) return this.#pullFromFolder(error, signal)
        this.#log.warn({ reason: messageOf(error) }, 'signature server unavailable and no active generation; retrying')
        await sleep(backoffMs(failures, RETRY), signal)
      }
    }
  }

  /** Any signatures are better than none. @throws `error` when there is no folder. */
  async #pullFromFolder(error: unknown, signal: AbortSignal): Promise<PullOutcome> {
    const { folder } = this.#options
    if (folder === undefined) throw error
    this.#log.error({ error }, 'pull from the signature server failed and no generation is active; using the starter set')
    return pull(this.#options, await readSourceFolder(folder), signal)
  }

  async #pullFromServer(server: ServerSource, catalog: SignatureCatalog | undefined, signal: AbortSignal): Promise<PullOutcome> {
    const { report } = this.#options
    const source = await server.read(signal, catalog)
    this.#throwIfRejected(source)
    try {
      const outcome = await pull(this.#options, source, signal)
      this.#rejected = undefined
      await report.clearRejection()
      return outcome
    } catch (error) {
      const { generation } = source
      if (generation !== undefined && errorCodeOf(error) === 'SIGNATURES_INVALID') {
        const reason = messageOf(error)
        this.#rejected = { generation, reason, untilMs: performance.now() + REJECTION_MS }
        await report.recordRejection(generation, reason)
      }
      throw error
    }
  }

  #throwIfRejected({ generation }: SignatureSource): void {
    const rejected = this.#rejected
    if (!rejected || rejected.generation !== generation || performance.now() > rejected.untilMs) return
    throw new GuardError('SIGNATURES_INVALID', `this node has rejected the generation ${generation}: ${rejected.reason}`, { generation })
  }
}
