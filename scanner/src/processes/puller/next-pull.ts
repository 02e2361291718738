import type { SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, sleep } from '@guardimesh/kit'
import type { PullerContext } from './context.js'
import type { PullOutcome } from './pull.js'
import { REJECTION_MS } from './pull-source.js'
import { isServed } from './reload-clamd.js'
import type { SighupTrigger } from './sighup-trigger.js'
import { waitForCatalog } from './wait-for-catalog.js'

const RETRY = { firstMs: 10 * SECOND_MS, maxMs: 30 * MINUTE_MS }
/** Keeps nodes that started at the same time from polling in lockstep. */
const JITTER_RATIO = 0.1
const CLAMD_POLL_INTERVAL_MS = SECOND_MS

export interface NextPullOptions extends PullerContext {
  readonly intervalMs: number
  readonly sighup: SighupTrigger
  readonly log: Logger
}

/** How the last pull ended. */
export interface LastPull {
  /** Undefined when it failed. */
  readonly outcome: PullOutcome | undefined
  /** Consecutive failed pulls. */
  readonly failures: number
}

/**
 * Waits until the next pull is due: by the interval, SIGHUP, or another generation on the signature server. After a failure the interval is
 * shorter and the server is not polled. A rejected generation is not fetched again for an hour, but a newer one is pulled immediately.
 *
 * @returns the catalogue when a new generation ended the wait, for the pull to use; else undefined.
 */
export async function waitForNextPull(
  options: NextPullOptions,
  last: LastPull,
  signal: AbortSignal,
): Promise<SignatureCatalog | undefined> {
  const { server, source, sighup, log } = options
  const isRejected = last.outcome === undefined && source.hasRejected
  const isPolling = last.outcome !== undefined || isRejected
  const done = new AbortController()
  const ended = AbortSignal.any([signal, done.signal])
  const pauseMs = isRejected ? Math.min(REJECTION_MS, withJitter(options.intervalMs)) : pauseAfter(last.failures, options.intervalMs)
  const pause = sighup.waitForSignal(pauseMs, ended)
  const newCatalog = server && isPolling ? waitForCatalog(server, log, ended) : undefined
  const served = last.outcome && !last.outcome.isServed ? waitUntilServed(options, last.outcome.generation, ended) : undefined
  await Promise.race(newCatalog === undefined ? [pause] : [pause, newCatalog])
  done.abort()
  const [catalog] = await Promise.all([newCatalog, pause, served])
  return catalog
}

/** Records the load of the generation by a clamd that was not running at the pull. */
async function waitUntilServed({ reload }: NextPullOptions, generation: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isServed(reload, generation).catch(() => false))) await sleep(CLAMD_POLL_INTERVAL_MS, signal)
}

function pauseAfter(failures: number, intervalMs: number): number {
  return failures === 0 ? withJitter(intervalMs) : Math.min(withJitter(intervalMs), backoffMs(failures, RETRY))
}

function withJitter(intervalMs: number): number {
  return intervalMs * (1 + JITTER_RATIO * (2 * Math.random() - 1))
}
