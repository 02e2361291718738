import { GuardError } from '@guardimesh/kit'

/** Maximum concurrent hashes: bcrypt shares libuv's four threads with ingest. */
const CONCURRENT_MAX = 2
/** Maximum queued logins of each kind of client; more than that comes from password guessing, not from users. */
const WAITING_MAX = 40
/** Share of one client, so that one client cannot fill the queue. */
const WAITING_PER_CLIENT = 8

/** The client of a login. */
export interface LoginClient {
  /** The device if it is known, otherwise the result of `clientNetwork`: attempts with the same key share all limits. */
  readonly key: string
  /** The account had a successful login from this device or network: goes before all strangers. */
  readonly isKnown: boolean
}

interface Waiter {
  readonly key: string
  readonly start: () => void
}

let running = 0
const queues = { known: [] as Waiter[], strangers: [] as Waiter[] }

/**
 * Runs a login attempt with bounded concurrency and bounded queues. Clients take turns; known clients do not wait for strangers.
 *
 * @throws GuardError LOGIN_THROTTLED.
 */
export async function withPasswordSlot<Value>({ key, isKnown }: LoginClient, work: () => Promise<Value>): Promise<Value> {
  if (running >= CONCURRENT_MAX) {
    const queue = isKnown ? queues.known : queues.strangers
    if (queue.length >= WAITING_MAX || waitingOf(queue, key) >= WAITING_PER_CLIENT)
      throw new GuardError('LOGIN_THROTTLED', 'too many concurrent logins; retry later', { retryAfterSeconds: 5 })
    await new Promise<void>((resolve) => enqueue(queue, { key, start: resolve }))
  } else running++
  try {
    return await work()
  } finally {
    const next = queues.known.shift() ?? queues.strangers.shift()
    // The slot passes directly to the next attempt.
    if (next) next.start()
    else running--
  }
}

const waitingOf = (queue: readonly Waiter[], key: string) => queue.filter((waiter) => waiter.key === key).length

/** Inserts a waiter before the first one whose client has more logins ahead in the queue. */
function enqueue(queue: Waiter[], waiter: Waiter): void {
  const own = waitingOf(queue, waiter.key)
  const ahead = new Map<string, number>()
  for (const [index, { key }] of queue.entries()) {
    const turn = ahead.get(key) ?? 0
    if (turn > own) {
      queue.splice(index, 0, waiter)
      return
    }
    ahead.set(key, turn + 1)
  }
  queue.push(waiter)
}
