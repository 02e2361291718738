import { useSyncExternalStore } from 'react'
import { formatUtc } from './format-time.js'

/** Time zone of exact times and of entered times. */
export type TimeZone = 'utc' | 'local'

const STORAGE_KEY = 'guardimesh.time-zone'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const read = (): TimeZone => (localStorage.getItem(STORAGE_KEY) === 'local' ? 'local' : 'utc')

/** Returns the time zone that the user selected in this browser; UTC by default, like the logs of nodes. */
export function useTimeZone(): TimeZone {
  return useSyncExternalStore(subscribe, read)
}

export function selectTimeZone(zone: TimeZone): void {
  localStorage.setItem(STORAGE_KEY, zone)
  for (const listener of listeners) listener()
}

const pad = (part: number) => String(part).padStart(2, '0')

/** Formats an ISO 8601 time as "2026-03-01 10:00:00". */
export function formatExact(iso: string, zone: TimeZone): string {
  if (zone === 'utc') return formatUtc(iso).slice(0, 19)
  const at = new Date(iso)
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}

/** Formats an ISO 8601 time for an input of the type `datetime-local`; empty without a valid time. */
export function toInputTime(iso: string | undefined, zone: TimeZone): string {
  if (iso === undefined || Number.isNaN(Date.parse(iso))) return ''
  return formatExact(iso, zone).replace(' ', 'T')
}

/** Parses the value of an input of the type `datetime-local`; undefined while it is incomplete. */
export function fromInputTime(value: string, zone: TimeZone): string | undefined {
  const atMs = Date.parse(zone === 'utc' ? `${value}Z` : value)
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString()
}
