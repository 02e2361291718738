import { SignatureServerStatus } from '@guardimesh/contracts'
import { failureReasonOf, JsonClient } from '@guardimesh/kit'
import type { PolledStatus } from './polled-status.js'

export interface PollTarget {
  readonly url: string
  /** PEM of the trusted certificate authorities. */
  readonly ca: string
  readonly managementKey: string
}

export interface SignaturePollerOptions {
  /** Signature servers to poll, by name of the platform. */
  readonly targets: () => ReadonlyMap<string, PollTarget>
  /** Called when the status of a signature server has changed. */
  readonly onChange: (platformName: string, polled: PolledStatus) => void
}

const REQUEST_TIMEOUT_MS = 10_000
/** The status of twenty generations and a hundred imports is far smaller. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024

/** Polls the signature server of each platform and keeps the last status. */
export class SignaturePoller {
  readonly #options: SignaturePollerOptions
  readonly #statuses = new Map<string, PolledStatus>()

  constructor(options: SignaturePollerOptions) {
    this.#options = options
  }

  statusOf(platformName: string): PolledStatus {
    return this.#statuses.get(platformName) ?? { kind: 'unknown' }
  }

  /** Polls every server once. Never throws. @returns whether there is at least one server and all of them responded. */
  async pollAll(): Promise<boolean> {
    const targets = this.#options.targets()
    for (const name of this.#statuses.keys()) if (!targets.has(name)) this.#statuses.delete(name)
    await Promise.all([...targets].map(([name, target]) => this.#poll(name, target)))
    return targets.size > 0 && [...this.#statuses.values()].every(({ kind }) => kind === 'answered')
  }

  async #poll(name: string, target: PollTarget): Promise<void> {
    const polled = await fetchStatus(target).then(
      (status): PolledStatus => ({ kind: 'answered', status }),
      (error: unknown): PolledStatus => ({ kind: 'unreachable', reason: failureReasonOf(error) }),
    )
    const isSame = JSON.stringify(this.#statuses.get(name)) === JSON.stringify(polled)
    this.#statuses.set(name, polled)
    if (!isSame) this.#options.onChange(name, polled)
  }
}

/** @throws Error if the server cannot be reached, its certificate is not trusted, or its response is invalid. */
async function fetchStatus({ url, ca, managementKey }: PollTarget): Promise<SignatureServerStatus> {
  const limits = { timeoutMs: REQUEST_TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES }
  using client = new JsonClient({ baseUrl: url, tls: { ca }, keepAlive: false, ...limits })
  const response = await client.send({ path: '/v1/status', headers: { authorization: `Bearer ${managementKey}` } })
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}`)
  return response.json(SignatureServerStatus)
}
