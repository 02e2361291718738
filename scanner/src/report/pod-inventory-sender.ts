import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts/http/problem'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { type Draft, messages } from '@guardimesh/contracts/messages'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { BackendClient } from './backend-client.js'

export interface PodInventorySenderOptions {
  readonly backend: BackendClient
  readonly log: Logger
  /** Reads the current state. `PodLog` is the wire name of an entry of the pod inventory, given by the specification. */
  readonly read: () => Promise<{ readonly pods: readonly Draft<'PodLog'>[]; readonly node: Draft<'NodeStatus'> }>
}

const PATH = '/api/v1/pods/logs'
const INTERVAL_MS = MINUTE_MS
/** Collects changes that belong together: a pod and its containers, a node that starts. */
const GATHER_MS = 300
const RETRY = { firstMs: SECOND_MS, maxMs: 30 * SECOND_MS }
const compress = promisify(gzip)

/** Sends the pod inventory and the node status to the backend: after each change and every minute. Only the newest state is sent. */
export class PodInventorySender {
  readonly #options: PodInventorySenderOptions
  #wake: () => void = () => {}
  #isChanged = false

  constructor(options: PodInventorySenderOptions) {
    this.#options = options
  }

  /** Schedules a send soon after a change. */
  markChanged(): void {
    this.#isChanged = true
    this.#wake()
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      this.#isChanged = false
      try {
        await this.#send(signal)
        failures = 0
        await this.#untilChanged(INTERVAL_MS, signal)
        await sleep(GATHER_MS, signal)
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.warn({ reason: messageOf(error), pauseMs }, 'failed to send the pod inventory; retrying')
        await sleep(pauseMs, signal)
      }
    }
  }

  async #send(signal: AbortSignal): Promise<void> {
    const { pods, node } = await this.#options.read()
    // A list that needs several requests cannot be marked as complete; the kubelet allows far fewer pods.
    const complete = pods.length <= INGEST_LIMITS.podsPerBatch
    for (let at = 0; at === 0 || at < pods.length; at += INGEST_LIMITS.podsPerBatch) {
      const part = pods.slice(at, at + INGEST_LIMITS.podsPerBatch)
      const bytes = await compress(messages.PodLogBatch.encode({ pods: part, node, complete }).finish())
      const headers = { 'content-type': PROTOBUF_MEDIA_TYPE, 'content-encoding': 'gzip' }
      const response = await this.#options.backend.send({ method: 'POST', path: PATH, headers, bytes, signal })
      if (response.status !== 200) throw new Error(`status ${response.status}: ${response.bytes.subarray(0, 300).toString('utf8')}`)
    }
  }

  async #untilChanged(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isChanged) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
  }
}
