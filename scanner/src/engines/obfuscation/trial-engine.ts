import { messages } from '@guardimesh/contracts/messages'
import { type PeerCheck, UnixSocketClient } from '@guardimesh/kit'
import type { RuleContent } from './read-rule-content.js'

export interface TrialEngineOptions {
  /** `obfuscation.sock`. */
  readonly socketPath: string
  /** Checks the obfuscation scanner before content is sent to it. */
  readonly checkPeer?: PeerCheck | undefined
  readonly timeoutMs: number
}

/** Client for the obfuscation scanner that uses the rules of a trial instead of the active ones. */
export class TrialEngine implements Disposable {
  readonly #client: UnixSocketClient<
    Parameters<typeof messages.ObfuscationRequest.encode>[0],
    ReturnType<typeof messages.ObfuscationResponse.decode>
  >

  constructor({ socketPath, timeoutMs, checkPeer }: TrialEngineOptions) {
    const codecs = { request: messages.ObfuscationRequest, answer: messages.ObfuscationResponse }
    this.#client = new UnixSocketClient({ socketPath, timeoutMs, checkPeer, ...codecs })
  }

  /** Sets the rules of the trial. @throws GuardError SIGNATURES_INVALID when they do not compile, ENGINE_TIMEOUT, ENGINE_ERROR, PEER_DISCONNECTED. */
  async set(trialId: string, rules: string): Promise<void> {
    await this.#client.ask({ setTrial: { trialId, rules: Buffer.from(rules, 'utf8') } })
  }

  /** Ends the trial, if it exists. @throws GuardError PEER_DISCONNECTED, ENGINE_TIMEOUT. */
  async end(trialId: string): Promise<void> {
    await this.#client.ask({ setTrial: { trialId, rules: new Uint8Array() } })
  }

  /**
   * Matches the rules of the trial against a content.
   *
   * @returns names of the rules that match.
   * @throws GuardError ENGINE_UNAVAILABLE or PEER_DISCONNECTED when the rules must be set again, ENGINE_TIMEOUT or ENGINE_ERROR when they
   * exceeded a limit.
   */
  async match(trialId: string, { content, name }: RuleContent, sizeBytes: number): Promise<readonly string[]> {
    const { matches } = await this.#client.ask({ content, sizeBytes, fileName: name, trialId })
    return (matches ?? []).map(({ rule }) => rule ?? '')
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}
