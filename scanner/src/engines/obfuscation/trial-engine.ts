import { messages } from '@guardimesh/contracts'
import { UnixSocketClient } from '@guardimesh/kit'
import type { RuleContent } from './read-rule-content.js'

export interface TrialEngineOptions {
  /** `obfuscation.sock` in the run folder. */
  readonly socketPath: string
  readonly timeoutMs: number
}

/** The obfuscation scanner, with the rules of a trial instead of those in force. */
export class TrialEngine implements Disposable {
  readonly #client: UnixSocketClient<
    Parameters<typeof messages.ObfuscationRequest.encode>[0],
    ReturnType<typeof messages.ObfuscationResponse.decode>
  >

  constructor({ socketPath, timeoutMs }: TrialEngineOptions) {
    const codecs = { request: messages.ObfuscationRequest, answer: messages.ObfuscationResponse }
    this.#client = new UnixSocketClient({ socketPath, timeoutMs, ...codecs })
  }

  /** Sets the rules of the trial. @throws GuardError SIGNATURES_INVALID for those that do not compile, ENGINE_TIMEOUT, ENGINE_ERROR, PEER_DISCONNECTED. */
  async set(trialId: string, rules: string): Promise<void> {
    await this.#client.ask({ setTrial: { trialId, rules: Buffer.from(rules, 'utf8') } })
  }

  /** Ends the trial, if it is there. @throws GuardError PEER_DISCONNECTED, ENGINE_TIMEOUT. */
  async end(trialId: string): Promise<void> {
    await this.#client.ask({ setTrial: { trialId, rules: new Uint8Array() } })
  }

  /**
   * Lets the rules look at a content, and at the same of a file as those in force would.
   *
   * @returns names of the rules that match.
   * @throws GuardError ENGINE_UNAVAILABLE or PEER_DISCONNECTED when the rules are to be set again, ENGINE_TIMEOUT or ENGINE_ERROR when they went
   * over a bound.
   */
  async match(trialId: string, { content, name }: RuleContent, sizeBytes: number): Promise<readonly string[]> {
    const { matches } = await this.#client.ask({ content, sizeBytes, fileName: name, trialId })
    return (matches ?? []).map(({ rule }) => rule ?? '')
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}
