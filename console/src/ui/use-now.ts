import { SECOND_MS } from '@guardimesh/contracts'
import { useSyncExternalStore } from 'react'

/** Update interval shared by all relative times on the page. */
const TICK_MS = 5 * SECOND_MS
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick() {
  nowMs = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    nowMs = Date.now()
    timer = setInterval(tick, TICK_MS)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** Returns the Unix time in milliseconds, updated every few seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs)
}
