import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import { Budgets } from '../budgets.js'
import type { Engine, Verdict } from '../engine.js'
import { ClamdControl } from './clamd-control.js'
import type { ClamdAnswer } from './clamd-protocol.js'
import { ClamdSession } from './clamd-session.js'
import { MAX_CLAMD_FILE_BYTES, notScannedAfter, tooLargeForClamd } from './not-scanned.js'
import { verdictOfAnswer } from './verdict-of-answer.js'

/** A file is tried again on a fresh session when its session broke: clamd closes idle ones, and may just have been restarted. */
const ATTEMPTS = 2

/** clamd takes up to MaxQueue connections, 100 by default, and then hears nobody, not even a PING. More than its threads are of no use anyway. */
const MAX_SESSIONS = 32

export interface ClamdEngineOptions {
  readonly socketPath: string
  /** One file's time, clamd's queue included. */
  readonly timeoutMs: number
  readonly log: Logger
}

/**
 * ClamAV through descriptors: contents are never copied. One file at a time on a session, so that a time-out or a crash costs one file only;
 * there are as many sessions as files are scanned together, up to MAX_SESSIONS; the other files wait.
 */
export class ClamdEngine implements Engine, Disposable {
  readonly name = 'clamav'
  readonly #options: ClamdEngineOptions
  readonly #control: ClamdControl
  readonly #idle: ClamdSession[] = []
  readonly #places = new Budgets({ concurrentScans: MAX_SESSIONS, bytesPerSecond: 0 })
  #version: string | undefined

  constructor(options: ClamdEngineOptions) {
    this.#options = options
    this.#control = new ClamdControl({ socketPath: options.socketPath })
  }

  /** Asks again for the engine's version at the next finding; call after a reload. */
  forgetVersion(): void {
    this.#version = undefined
  }

  /** Waits until clamd answers. Returns early when the signal is aborted. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    await this.#control.waitUntilReady(signal)
  }

  /** The engine's version, asked for once per connection to a clamd. @throws GuardError ENGINE_UNAVAILABLE and the like. */
  async version(): Promise<string> {
    this.#version ??= await this.#control.version()
    return this.#version
  }

  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    if (file.sizeBytes > MAX_CLAMD_FILE_BYTES) return tooLargeForClamd(file.sizeBytes)
    using _place = await this.#places.acquire(file.sizeBytes, signal)
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      try {
        const answer = await this.#scanOnce(file.fd, attempt > 1, signal)
        return verdictOfAnswer(answer, answer.kind === 'found' ? await this.#knownVersion() : '')
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

  async #scanOnce(fd: number, fresh: boolean, signal: AbortSignal): Promise<ClamdAnswer> {
    const session = (fresh ? undefined : this.#takeIdle()) ?? this.#open()
    const { timeoutMs } = this.#options
    let timedOut = false
    // Ending the session is the only way to take a file back; clamd stops at its own MaxScanTime.
    const end = () => session[Symbol.dispose]()
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, timeoutMs)
    signal.addEventListener('abort', end, { once: true })
    try {
      session.setInUse(true)
      return await session.scan(fd)
    } catch (error) {
      end()
      if (timedOut) throw new GuardError('ENGINE_TIMEOUT', `clamd gave no verdict in ${timeoutMs} ms`, { timeoutMs }, { cause: error })
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
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
      return new ClamdSession(this.#options.socketPath)
    } catch (error) {
      this.forgetVersion()
      throw new GuardError('ENGINE_UNAVAILABLE', `clamd cannot be reached: ${messageOf(error)}`, {}, { cause: error })
    }
  }

  /** A finding is told even when clamd died right after it. */
  async #knownVersion(): Promise<string> {
    try {
      return await this.version()
    } catch {
      return 'ClamAV'
    }
  }
}
