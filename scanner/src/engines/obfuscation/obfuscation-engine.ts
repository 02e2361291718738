import { fromWireNumber, messages, SEVERITIES } from '@guardimesh/contracts'
import { backoffMs, errorCodeOf, messageOf, type PeerCheck, sleep, UnixSocketClient } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import type { EngineMatch, Verdict } from '../engine.js'
import { CLEAN } from '../merge-verdicts.js'
import type { RemoteEngine } from '../single-flight-scanner.js'
import { readRuleContent } from './read-rule-content.js'

export interface ObfuscationEngineOptions {
  /** `obfuscation.sock`. */
  readonly socketPath: string
  /** Checks the obfuscation scanner before content is sent to it. */
  readonly checkPeer?: PeerCheck | undefined
  readonly timeoutMs: number
}

const READY_BACKOFF = { firstMs: 100, maxMs: 2000 }

type Answer = ReturnType<typeof messages.ObfuscationResponse.decode>

/** Engine for the obfuscation scanner, a separate process without privileges that receives contents, never paths. */
export class ObfuscationEngine implements RemoteEngine, Disposable {
  readonly name = 'obfuscation'
  readonly #client: UnixSocketClient<Parameters<typeof messages.ObfuscationRequest.encode>[0], Answer>

  /** `waitUntilReady` waits only after a failure, because a node may run without obfuscation rules. */
  #isFailing = false

  constructor({ socketPath, timeoutMs, checkPeer }: ObfuscationEngineOptions) {
    this.#client = new UnixSocketClient({
      socketPath,
      timeoutMs,
      checkPeer,
      request: messages.ObfuscationRequest,
      answer: messages.ObfuscationResponse,
    })
  }

  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    signal.throwIfAborted()
    try {
      const ruleContent = await readRuleContent(file)
      if (!ruleContent) return CLEAN
      signal.throwIfAborted()
      const answer = await this.#client.ask({ content: ruleContent.content, sizeBytes: file.sizeBytes, fileName: ruleContent.name })
      this.#isFailing = false
      return verdictOfAnswer(answer)
    } catch (error) {
      signal.throwIfAborted()
      this.#isFailing = true
      const reason = errorCodeOf(error) === 'ENGINE_TIMEOUT' ? 'timeout' : 'engine_error'
      return { kind: 'not-scanned', reason, detail: `obfuscation scanner: ${messageOf(error)}`.slice(0, 400) }
    }
  }

  async waitUntilReady(signal: AbortSignal): Promise<void> {
    for (let failures = 1; this.#isFailing && !signal.aborted; failures++) {
      try {
        await this.#client.ask({ content: Buffer.alloc(0), sizeBytes: 0, fileName: Buffer.alloc(0) })
        this.#isFailing = false
      } catch {
        await sleep(backoffMs(failures, READY_BACKOFF), signal)
      }
    }
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}

/** Converts the answer to a verdict. Pure. */
function verdictOfAnswer(answer: Answer): Verdict {
  const matches = (answer.matches ?? []).map(
    (match): EngineMatch => ({
      signatureName: match.rule ?? '',
      engine: match.engine === 'entropy' ? 'entropy' : 'yara',
      engineVersion: answer.engineVersion ?? '',
      severity: fromWireNumber(SEVERITIES, match.severity) ?? 'medium',
      description: match.description ?? '',
    }),
  )
  return matches.length === 0 ? CLEAN : { kind: 'infected', matches }
}
