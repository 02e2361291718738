import { MINUTE_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import type { FileIdentity } from '../node/file-identity.js'
import { statOpened } from '../node/file-stat.js'

/**
 * Kernels before 6.13 tell changes apart only by ticks of up to 10 ms: two writes in one tick give the same time of change. What changed
 * longer ago than this cannot change again unnoticed.
 */
const TICK_MS = 12

/** What was written this short a time ago is still in the memory of the kernel: reading it waits for no disk. */
const PAGE_CACHE_MS = 10 * MINUTE_MS

/** What the kernel says of an open file now. On the spot: whoever opened the file did so too, and a thread costs twenty times as much. */
export function readIdentity(fd: number): FileIdentity {
  return statOpened(fd).identity
}

/** True when the file changed so recently that its content is in memory. */
export function isInPageCache(identity: FileIdentity): boolean {
  return Math.abs(ageMs(identity)) < PAGE_CACHE_MS
}

/**
 * Waits out the tick in which a file changed, so that its next change shows.
 *
 * @returns false when the time of change lies in the future, as another machine's clock may have it: then no wait helps.
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
