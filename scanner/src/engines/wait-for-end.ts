import { SECOND_MS } from '@guardimesh/contracts/units'
import { sleep } from '@guardimesh/kit'

/** Longest wait for the end of a worker: a system call on a device that does not answer cannot be interrupted. */
const END_TIMEOUT_MS = SECOND_MS

/** Waits until a worker has ended, for a bounded time. */
export async function waitForEnd(ended: Promise<unknown>): Promise<void> {
  const isOver = new AbortController()
  await Promise.race([ended, sleep(END_TIMEOUT_MS, isOver.signal)])
  isOver.abort()
}
