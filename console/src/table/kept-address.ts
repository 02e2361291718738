import { useEffect, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'

/** Last query string of each page. Replaced on each change, so that a new value renders the links again. */
let searches: ReadonlyMap<string, string> = new Map()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Keeps the query string of the current page for links to it. */
export function useKeepAddress(): void {
  const { pathname, search } = useLocation()
  useEffect(() => {
    if (searches.get(pathname) === search) return
    searches = new Map([...searches, [pathname, search]])
    for (const listener of listeners) listener()
  }, [pathname, search])
}

/** Returns a function that adds the last query string to the path of a list, so that a link keeps the filters. */
export function useKeptAddress(): (path: string) => string {
  const kept = useSyncExternalStore(subscribe, () => searches)
  return (path) => `${path}${kept.get(path) ?? ''}`
}
