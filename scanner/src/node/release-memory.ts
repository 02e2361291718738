import { SECOND_MS } from '@guardimesh/contracts/units'
import { call } from './libc.js'

const CHECK_INTERVAL_MS = 20 * SECOND_MS
/** Growth since the last collection after which another one pays. */
const GROWTH = 1.1

/**
 * Returns unused memory to the node whenever the process has grown, until it ends. V8 collects the old generation only when it has grown by a
 * fraction of its size, and keeps the pages that become empty, so that an idle process would occupy a third more than it uses. A collection
 * takes about 2 ms per MiB. Needs `node --expose-gc`; without it, only malloc(3) returns memory.
 */
export function releaseMemoryRegularly(): void {
  let keptBytes = 0
  setInterval(() => {
    if (process.memoryUsage.rss() < GROWTH * keptBytes) return
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    call.mallocTrim(0)
    keptBytes = process.memoryUsage.rss()
  }, CHECK_INTERVAL_MS).unref()
}
