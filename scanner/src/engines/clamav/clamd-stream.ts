import { type Logger, messageOf, systemCodeOf } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import type { Engine, Verdict } from '../engine.js'
import { type ClamdAddress, ClamdControl } from './clamd-control.js'
import { type ClamdAnswer, parseAnswer } from './clamd-protocol.js'
import { MAX_CLAMD_FILE_BYTES, tooLargeForClamd } from './not-scanned.js'
import { StreamClient } from './stream-client.js'
import { verdictOfAnswer } from './verdict-of-answer.js'

export interface ClamdStreamOptions {
  readonly address: ClamdAddress
  /** One file's time, its way over the network included. */
  readonly timeoutMs: number
  readonly log: Logger
}

/** What the package says around an answer that came before the whole file was sent. */
const EARLY_ANSWER = /Reply from server: (.+)$/s

const CUT_OFF = 'stream: size limit exceeded: clamd closed the connection while the file was sent ERROR'

/** ClamAV over the network (`INSTREAM`, clamscan package): for a clamd that descriptors cannot be passed to. Files over its StreamMaxLength are too_large. */
export class ClamdStreamEngine implements Engine, Disposable {
  readonly name = 'clamav'
  readonly #options: ClamdStreamOptions
  readonly #control: ClamdControl
  readonly #idle: StreamClient[] = []
  #version: string | undefined

  constructor(options: ClamdStreamOptions) {
    this.#options = options
    this.#control = new ClamdControl(options.address)
  }

  /** Asks again for the engine's version at the next finding; call after a reload. */
  forgetVersion(): void {
    this.#version = undefined
  }

  /** Waits until clamd answers. Returns early when the signal is aborted. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    await this.#control.waitUntilReady(signal)
  }

  /** @throws GuardError ENGINE_UNAVAILABLE and the like. */
  async version(): Promise<string> {
    this.#version ??= await this.#control.version()
    return this.#version
  }

  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    if (file.sizeBytes > MAX_CLAMD_FILE_BYTES) return tooLargeForClamd(file.sizeBytes)
    // The package cannot send an empty stream, and there is nothing in it to find.
    if (file.sizeBytes === 0) return { kind: 'clean' }
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    const answer = await this.#ask(file.fd, AbortSignal.any([signal, timeout]))
    signal.throwIfAborted()
    if (timeout.aborted && answer.kind === 'error')
      return { kind: 'not-scanned', reason: 'timeout', detail: `clamd gave no verdict in ${this.#options.timeoutMs} ms` }
    return verdictOfAnswer(answer, answer.kind === 'found' ? await this.version().catch(() => 'ClamAV') : '')
  }

  [Symbol.dispose](): void {
    this.#idle.length = 0
  }

  async #ask(fd: number, signal: AbortSignal): Promise<ClamdAnswer> {
    const lane = this.#idle.pop() ?? (await this.#makeLane())
    try {
      const answer = parseAnswer(await lane.scan(fd, signal))
      // Only a lane whose scan came to its end is used again: the package may still be busy with a broken one.
      this.#idle.push(lane)
      return answer
    } catch (error) {
      this.#options.log.debug({ error }, 'file not scanned')
      const early = EARLY_ANSWER.exec(messageOf(error))?.[1]?.trim()
      return parseAnswer(early ?? ((await this.#wasCutOff(error)) ? CUT_OFF : `stream: ${messageOf(error)} ERROR`))
    }
  }

  /** At its StreamMaxLength clamd answers and closes at once; the answer is often lost with the connection, but clamd is well. */
  async #wasCutOff(error: unknown): Promise<boolean> {
    if (!['EPIPE', 'ECONNRESET'].includes(systemCodeOf(error) ?? '')) return false
    return this.#control.ping().then(
      () => true,
      () => false,
    )
  }

  async #makeLane(): Promise<StreamClient> {
    const { address, timeoutMs } = this.#options
    const where = 'socketPath' in address ? { socket: address.socketPath } : { host: address.host, port: address.port }
    const lane = new StreamClient()
    await lane.init({ clamdscan: { ...where, timeout: timeoutMs, localFallback: false, bypassTest: true }, clamscan: { active: false } })
    return lane
  }
}
