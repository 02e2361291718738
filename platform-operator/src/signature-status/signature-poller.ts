import { SECOND_MS, SignatureCatalog, SignatureServerStatus } from '@guardimesh/contracts'
import { aborted, failureReasonOf, JsonClient, sleep } from '@guardimesh/kit'
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

/** A server that closes a long poll restarts, perhaps with other keys; it is polled again after this long. */
const AFTER_CLOSE_MS = 2_000

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

  /** Polls every server once. Never throws. @returns whether there is at least one server and all of them have an active generation. */
  async pollAll(): Promise<boolean> {
    const targets = this.#options.targets()
    for (const name of this.#statuses.keys()) if (!targets.has(name)) this.#statuses.delete(name)
    await Promise.all([...targets].map(([name, target]) => this.#poll(name, target)))
    return targets.size > 0 && [...this.#statuses.values()].every(hasGeneration)
  }

  /** Waits until a server activates another generation or closes the connection, or for the time. Never throws. */
  async waitForChange(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const changes = [...this.#options.targets()].map(([name, target]) => this.#waitForGeneration(name, target, { timeoutMs, ended }))
    await Promise.race([sleep(timeoutMs, signal), ...changes])
  }

  /** Resolves when the active generation differs from the polled one, or when the server closed the connection; otherwise after the time. */
  async #waitForGeneration(name: string, target: PollTarget, wait: CatalogWait): Promise<void> {
    const polled = this.statusOf(name)
    try {
      if (polled.kind === 'answered' && (await fetchNextGeneration(target, polled.status.activeGeneration, wait))) return
      await aborted(wait.ended)
    } catch {
      // The next poll reports the error.
      await sleep(AFTER_CLOSE_MS, wait.ended)
    }
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

function hasGeneration(polled: PolledStatus): boolean {
  return polled.kind === 'answered' && polled.status.activeGeneration !== ''
}

/** The part of the catalogue that a change is detected by. */
const ActiveGeneration = SignatureCatalog.pick({ generation: true })

interface CatalogWait {
  readonly timeoutMs: number
  readonly ended: AbortSignal
}

/**
 * Long polls the catalogue, as nodes do.
 *
 * @returns whether another generation than the known one is active. @throws Error like `fetchStatus`.
 */
async function fetchNextGeneration({ url, ca }: PollTarget, known: string, { timeoutMs, ended }: CatalogWait): Promise<boolean> {
  const limits = { timeoutMs: timeoutMs + REQUEST_TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES }
  using client = new JsonClient({ baseUrl: url, tls: { ca }, keepAlive: false, ...limits })
  let etag: string | undefined
  while (!ended.aborted) {
    const headers = etag === undefined ? {} : { 'if-none-match': etag, prefer: `wait=${Math.ceil(timeoutMs / SECOND_MS)}` }
    const response = await client.send({ path: '/v1/catalog', headers, signal: ended })
    if (response.status === 200 && response.json(ActiveGeneration).generation !== known) return true
    if (response.status !== 200 && response.status !== 304) return false
    const next = response.headers.etag
    // Without an ETag the server cannot wait.
    if (next === undefined) return false
    etag = next
  }
  return false
}
