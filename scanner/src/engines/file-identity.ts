import { MINUTE_MS } from '@guardimesh/contracts/units'
import { sleep } from '@guardimesh/kit'
import type { FileIdentity } from '../node/file-identity.js'
import { statOpened } from '../node/file-stat.js'

/**
 * Kernels before 6.13 update timestamps in ticks of up to 10 ms, so two writes in one tick have the same ctime. A file that changed longer ago
 * than this cannot change again without a new ctime.
 */
const TICK_MS = 12

/** Content written within this time is still in the page cache, so reading it does not wait for a disk. */
const PAGE_CACHE_MS = 10 * MINUTE_MS

/** Reads the identity of an open file. Synchronous, because a thread would cost twenty times as much. */
export function readIdentity(fd: number): FileIdentity {
  return statOpened(fd).identity
}

/** True when the file changed so recently that its content is in the page cache. */
export function isInPageCache(identity: FileIdentity): boolean {
  return Math.abs(ageMs(identity)) < PAGE_CACHE_MS
}

/**
 * Waits until the tick in which a file changed is over, so that the next change has another ctime.
 *
 * @returns false when the ctime is in the future, for example from another machine's clock; waiting does not help then.
 */
export async function waitForCtimeTick(identity: FileIdentity, signal: AbortSignal): Promise<boolean> {
  const changedMsAgo = ageMs(identity)
  if (changedMsAgo >= TICK_MS) return true
  if (changedMsAgo < -TICK_MS) return false
  await sleep(TICK_MS - changedMsAgo, signal)
  return true
}

function ageMs({ changedAtNs }: FileIdentity): number {
  return Date.now() - Number(changedAtNs / 1_000_000n)
}
