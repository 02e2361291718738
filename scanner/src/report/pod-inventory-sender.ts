import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Draft, INGEST_LIMITS, MINUTE_MS, messages, PROTOBUF_MEDIA_TYPE, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { BackendClient } from './backend-client.js'

export interface PodLogSenderOptions {
  readonly backend: BackendClient
  readonly log: Logger
  /** What is true now. */
  readonly read: () => Promise<{ readonly pods: readonly Draft<'PodLog'>[]; readonly node: Draft<'NodeStatus'> }>
}

const PATH = '/api/v1/pods/logs'
const INTERVAL_MS = MINUTE_MS
/** Changes come in groups: a pod and its containers, a node that starts. */
const GATHER_MS = 300
const RETRY = { firstMs: SECOND_MS, maxMs: 30 * SECOND_MS }
const compress = promisify(gzip)

/** Tells the backend what runs on the node and how the agent is: after each change and every minute. Only the newest state counts. */
export class PodLogSender {
  readonly #options: PodLogSenderOptions
  #wake: () => void = () => {}
  #isChanged = false

  constructor(options: PodLogSenderOptions) {
    this.#options = options
  }

  /** Something changed: tell it soon. */
  changed(): void {
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
        this.#options.log.warn({ why: messageOf(error), pauseMs }, 'the inventory was not taken')
        await sleep(pauseMs, signal)
      }
    }
  }

  async #send(signal: AbortSignal): Promise<void> {
    const { pods, node } = await this.#options.read()
    // More pods than one request takes cannot be told as a complete list; kubelet allows far fewer.
    const complete = pods.length <= INGEST_LIMITS.podsPerBatch
    for (let at = 0; at === 0 || at < pods.length; at += INGEST_LIMITS.podsPerBatch) {
      const part = pods.slice(at, at + INGEST_LIMITS.podsPerBatch)
      const body = await compress(messages.PodLogBatch.encode({ pods: part, node, complete }).finish())
      const headers = { 'content-type': PROTOBUF_MEDIA_TYPE, 'content-encoding': 'gzip' }
      const answer = await this.#options.backend.send({ method: 'POST', path: PATH, headers, body }, signal)
      if (answer.status !== 200) throw new Error(`status ${answer.status}: ${answer.body.subarray(0, 300).toString('utf8')}`)
    }
  }

  async #untilChanged(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isChanged) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    await sleep(timeoutMs, AbortSignal.any([signal, woken.signal]))
  }
}
