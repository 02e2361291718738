import { request } from 'node:https'
import { SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import type { PolledStatus } from './polled-status.js'

export interface PollTarget {
  readonly url: string
  /** PEM: whom to believe. */
  readonly ca: string
}

export interface SignaturePollerOptions {
  /** Platforms by name whose signature server may be asked now. */
  readonly targets: () => ReadonlyMap<string, PollTarget>
  /** An answer is another than before. */
  readonly onChange: (platformName: string, answer: PolledStatus) => void
}

const TIMEOUT_MS = 10_000
/** Twenty generations and a hundred imports are far below this. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/** Remembers what each platform's signature server last said. */
export class SignaturePoller {
  readonly #options: SignaturePollerOptions
  readonly #answers = new Map<string, PolledStatus>()

  constructor(options: SignaturePollerOptions) {
    this.#options = options
  }

  statusOf(platformName: string): PolledStatus {
    return this.#answers.get(platformName) ?? { kind: 'unknown' }
  }

  /** Asks every server once. Never throws. @returns whether there are some, and all of them answered. */
  async pollAll(): Promise<boolean> {
    const targets = this.#options.targets()
    for (const name of this.#answers.keys()) if (!targets.has(name)) this.#answers.delete(name)
    await Promise.all([...targets].map(([name, target]) => this.#poll(name, target)))
    return targets.size > 0 && [...this.#answers.values()].every(({ kind }) => kind === 'answered')
  }

  async #poll(name: string, target: PollTarget): Promise<void> {
    const answer = await fetchStatus(target).then(
      (status): PolledStatus => ({ kind: 'answered', status }),
      (error: unknown): PolledStatus => ({ kind: 'unreachable', reason: messageOf(error) }),
    )
    const isSame = JSON.stringify(this.#answers.get(name)) === JSON.stringify(answer)
    this.#answers.set(name, answer)
    if (!isSame) this.#options.onChange(name, answer)
  }
}

/** @throws Error when the server cannot be reached, is not to be believed, or answers something else. */
async function fetchStatus({ url, ca }: PollTarget): Promise<SignatureServerStatus> {
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request(`${url}/v1/status`, { ca, signal: AbortSignal.timeout(TIMEOUT_MS), agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
        if (body.length > MAX_ANSWER_BYTES) response.destroy(new Error('its answer is too long'))
      })
      response.on('error', reject)
      response.on('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error(`it answered ${response.statusCode}`))))
    })
    asked.on('error', reject)
    asked.end()
  })
  return SignatureServerStatus.parse(JSON.parse(text))
}
