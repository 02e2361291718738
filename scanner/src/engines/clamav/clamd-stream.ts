import { type Logger, messageOf, systemCodeOf } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import type { Verdict } from '../engine.js'
import type { ClamdAddress } from './clamd-control.js'
import { ClamdEngineBase } from './clamd-engine-base.js'
import { type ClamdAnswer, parseAnswer } from './clamd-protocol.js'
import { MAX_CLAMD_FILE_BYTES, tooLargeForClamd } from './not-scanned.js'
import { StreamClient } from './stream-client.js'
import { verdictOfAnswer } from './verdict-of-answer.js'

export interface ClamdStreamOptions {
  readonly address: ClamdAddress
  /** Timeout per file, including the network transfer. */
  readonly timeoutMs: number
  readonly log: Logger
}

/** Text that the package puts around an answer that arrives before the whole file was sent. */
const EARLY_ANSWER = /Reply from server: (.+)$/s

const CUT_OFF = 'stream: size limit exceeded: clamd closed the connection while the file was sent ERROR'

/** ClamAV engine that sends contents to a remote clamd (`INSTREAM`, clamscan package). Files over its StreamMaxLength are `too_large`. */
export class ClamdStreamEngine extends ClamdEngineBase implements Disposable {
  readonly #options: ClamdStreamOptions
  readonly #idle: StreamClient[] = []

  constructor(options: ClamdStreamOptions) {
    super(options.address)
    this.#options = options
  }

  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    if (file.sizeBytes > MAX_CLAMD_FILE_BYTES) return tooLargeForClamd(file.sizeBytes)
    // The package cannot send an empty stream, and an empty file is clean.
    if (file.sizeBytes === 0) return { kind: 'clean' }
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    const answer = await this.#send(file.fd, AbortSignal.any([signal, timeout]))
    signal.throwIfAborted()
    if (timeout.aborted && answer.kind === 'error')
      return { kind: 'not-scanned', reason: 'timeout', detail: `timeout: no verdict from clamd after ${this.#options.timeoutMs} ms` }
    return verdictOfAnswer(answer, answer.kind === 'found' ? await this.versionOrName() : '')
  }

  [Symbol.dispose](): void {
    this.#idle.length = 0
  }

  async #send(fd: number, signal: AbortSignal): Promise<ClamdAnswer> {
    const client = this.#idle.pop() ?? (await this.#createClient())
    try {
      const answer = parseAnswer(await client.scan(fd, signal))
      // Only clients whose scan completed are reused: after a failure the package may still be busy.
      this.#idle.push(client)
      return answer
    } catch (error) {
      this.#options.log.debug({ error }, 'file not scanned')
      const early = EARLY_ANSWER.exec(messageOf(error))?.[1]?.trim()
      return parseAnswer(early ?? ((await this.#wasCutOff(error)) ? CUT_OFF : `stream: ${messageOf(error)} ERROR`))
    }
  }

  /** At its StreamMaxLength clamd answers and closes the connection, which often loses the answer, although clamd still works. */
  async #wasCutOff(error: unknown): Promise<boolean> {
    if (!['EPIPE', 'ECONNRESET'].includes(systemCodeOf(error) ?? '')) return false
    return this.control.ping().then(
      () => true,
      () => false,
    )
  }

  async #createClient(): Promise<StreamClient> {
    const { address, timeoutMs } = this.#options
    const target = 'socketPath' in address ? { socket: address.socketPath } : { host: address.host, port: address.port }
    const client = new StreamClient()
    await client.init({ clamdscan: { ...target, timeout: timeoutMs, localFallback: false, bypassTest: true }, clamscan: { active: false } })
    return client
  }
}
