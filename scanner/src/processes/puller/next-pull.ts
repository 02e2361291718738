import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, type Logger, sleep } from '@guardimesh/kit'
import type { PullerContext } from './context.js'
import type { PullOutcome } from './pull.js'
import { REJECTION_MS } from './pull-source.js'
import { isServed } from './reload-clamd.js'
import type { SighupTrigger } from './sighup-trigger.js'
import { waitForCatalog } from './wait-for-catalog.js'

const RETRY = { firstMs: 10 * SECOND_MS, maxMs: 30 * MINUTE_MS }
/** Nodes that were started together do not ask together for ever. */
const JITTER_RATIO = 0.1
const CLAMD_POLL_MS = SECOND_MS

export interface NextPullOptions extends PullerContext {
  readonly intervalMs: number
  readonly hangUp: SighupTrigger
  readonly log: Logger
}

/** How the last pull ended. */
export interface LastPull {
  /** Undefined when it failed. */
  readonly outcome: PullOutcome | undefined
  /** Pulls that failed in a row. */
  readonly failures: number
}

/**
 * Waits until it is time to pull: the interval, SIGHUP, or another generation on the signature server. After a failure the pause is shorter
 * and the server is left alone; but a generation that this node refused is not asked for again soon, and the next one is taken at once.
 */
export async function waitForNextPull(options: NextPullOptions, last: LastPull, signal: AbortSignal): Promise<void> {
  const { server, sources, hangUp, log } = options
  const isRefused = last.outcome === undefined && sources.hasRejected
  const isFollowing = last.outcome !== undefined || isRefused
  const done = new AbortController()
  const ended = AbortSignal.any([signal, done.signal])
  const pauseMs = isRefused ? Math.min(REJECTION_MS, jittered(options.intervalMs)) : pauseAfter(last.failures, options.intervalMs)
  const reasons = [hangUp.waitForSignal(pauseMs, ended)]
  if (server && isFollowing) reasons.push(waitForCatalog(server, log, ended))
  const served = last.outcome && !last.outcome.isServed ? waitUntilServed(options, last.outcome.generation, ended) : undefined
  await Promise.race(reasons)
  done.abort()
  await Promise.all([...reasons, served])
}

/** A clamd that was not there at the pull tells, when it is, that it serves the generation. */
async function waitUntilServed({ serving }: NextPullOptions, generation: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isServed(serving, generation).catch(() => false))) await sleep(CLAMD_POLL_MS, signal)
}

function pauseAfter(failures: number, intervalMs: number): number {
  return failures === 0 ? jittered(intervalMs) : Math.min(jittered(intervalMs), backoffMs(failures, RETRY))
}

function jittered(intervalMs: number): number {
  return intervalMs * (1 + JITTER_RATIO * (2 * Math.random() - 1))
}
