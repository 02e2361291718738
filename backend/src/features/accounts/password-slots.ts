import { GuardError } from '@guardimesh/kit'

/** Maximum concurrent hashes: bcrypt shares libuv's four threads with ingest. */
const CONCURRENT_MAX = 2
/** Maximum queued logins; more than that comes from password guessing, not from users. */
const WAITING_MAX = 40
/** Share of one client network, so that one client cannot fill the queue. */
const WAITING_PER_NETWORK = 8

interface Waiter {
  readonly network: string
  readonly start: () => void
}

let running = 0
const waiting: Waiter[] = []
const waitingOf = (network: string) => waiting.filter((waiter) => waiter.network === network).length

/**
 * Runs a login attempt with bounded concurrency and a bounded queue. Client networks take turns.
 *
 * @param network result of `clientNetwork`.
 * @throws GuardError LOGIN_THROTTLED.
 */
export async function withPasswordSlot<Value>(network: string, work: () => Promise<Value>): Promise<Value> {
  if (running >= CONCURRENT_MAX) {
    if (waiting.length >= WAITING_MAX || waitingOf(network) >= WAITING_PER_NETWORK)
      throw new GuardError('LOGIN_THROTTLED', 'too many concurrent logins; retry later', { retryAfterSeconds: 5 })
    await new Promise<void>((resolve) => enqueue({ network, start: resolve }))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The slot passes directly to the next attempt.
    if (next) next.start()
    else running--
  }
}

/** Inserts a waiter before the first one whose network has more logins ahead in the queue. */
function enqueue(waiter: Waiter): void {
  const own = waitingOf(waiter.network)
  const ahead = new Map<string, number>()
  for (const [index, { network }] of waiting.entries()) {
    const turn = ahead.get(network) ?? 0
    if (turn > own) {
      waiting.splice(index, 0, waiter)
      return
    }
    ahead.set(network, turn + 1)
  }
  waiting.push(waiter)
}
