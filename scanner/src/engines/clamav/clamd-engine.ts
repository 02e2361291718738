import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import { Budgets } from '../budgets.js'
import type { Verdict } from '../engine.js'
import { ClamdEngineBase } from './clamd-engine-base.js'
import type { ClamdAnswer } from './clamd-protocol.js'
import { ClamdSession } from './clamd-session.js'
import { MAX_CLAMD_FILE_BYTES, notScannedAfter, tooLargeForClamd } from './not-scanned.js'
import { verdictOfAnswer } from './verdict-of-answer.js'

/** Attempts per file: clamd closes idle sessions and may have been restarted, so a file is retried on a new session. */
const ATTEMPTS = 2

/** clamd accepts up to MaxQueue connections, 100 by default, and then does not even answer a PING. More sessions than its threads are useless. */
const MAX_SESSIONS = 32

export interface ClamdEngineOptions {
  readonly socketPath: string
  /** User that clamd must run as; undefined: any. */
  readonly serverUid?: number | undefined
  /** Timeout per file, including the time in clamd's queue. */
  readonly timeoutMs: number
  readonly log: Logger
}

/**
 * ClamAV engine that passes file descriptors to clamd, so that contents are never copied. Each session scans one file at a time, so a timeout
 * or crash affects one file only. Concurrent scans use up to MAX_SESSIONS sessions; further files wait.
 */
export class ClamdEngine extends ClamdEngineBase implements Disposable {
  readonly #options: ClamdEngineOptions
  readonly #idle: ClamdSession[] = []
  readonly #sessionSlots = new Budgets({ concurrentScans: MAX_SESSIONS, bytesPerSecond: 0 })

  constructor(options: ClamdEngineOptions) {
    super({ socketPath: options.socketPath, serverUid: options.serverUid })
    this.#options = options
  }

  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    if (file.sizeBytes > MAX_CLAMD_FILE_BYTES) return tooLargeForClamd(file.sizeBytes)
    using _slot = await this.#sessionSlots.acquire(file.sizeBytes, signal)
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      try {
        const answer = await this.#scanOnce(file.fd, attempt > 1, signal)
        return verdictOfAnswer(answer, answer.kind === 'found' ? await this.versionOrName() : '')
      } catch (error) {
        signal.throwIfAborted()
        const sessionBroke = error instanceof GuardError && error.code === 'PEER_DISCONNECTED'
        if (sessionBroke && attempt < ATTEMPTS) continue
        this.#options.log.debug({ error }, 'file not scanned')
        return notScannedAfter(error)
      }
    }
  }

  [Symbol.dispose](): void {
    for (const session of this.#idle.splice(0)) session[Symbol.dispose]()
  }

  async #scanOnce(fd: number, isRetry: boolean, signal: AbortSignal): Promise<ClamdAnswer> {
    const session = (isRetry ? undefined : this.#takeIdle()) ?? this.#open()
    const { timeoutMs } = this.#options
    let timedOut = false
    // Closing the session is the only way to cancel a scan; clamd itself stops at its MaxScanTime.
    const close = () => session[Symbol.dispose]()
    const timer = setTimeout(() => {
      timedOut = true
      close()
    }, timeoutMs)
    signal.addEventListener('abort', close, { once: true })
    try {
      session.setInUse(true)
      return await session.scan(fd)
    } catch (error) {
      close()
      if (timedOut)
        throw new GuardError('ENGINE_TIMEOUT', `timeout: no verdict from clamd after ${timeoutMs} ms`, { timeoutMs }, { cause: error })
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', close)
      session.setInUse(false)
      if (session.isUsable) this.#idle.push(session)
    }
  }

  #takeIdle(): ClamdSession | undefined {
    for (;;) {
      const session = this.#idle.pop()
      if (!session || session.isUsable) return session
    }
  }

  #open(): ClamdSession {
    try {
      return new ClamdSession(this.#options.socketPath, this.#options.serverUid)
    } catch (error) {
      this.forgetVersion()
      throw new GuardError('ENGINE_UNAVAILABLE', `connection to clamd failed: ${messageOf(error)}`, {}, { cause: error })
    }
  }
}
