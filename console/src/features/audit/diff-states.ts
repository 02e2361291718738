import type { AuditEntryView } from '@guardimesh/contracts'

type Json = AuditEntryView['before']

/** A value that differs between two states; undefined where it does not exist. */
export interface Difference {
  /** Names of the values around it, such as "budgets.cpuMilli". */
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Returns the values that differ between two states, by path. Pure. */
export function diffStates(before: Json, after: Json): Difference[] {
  const [earlier, later] = [valuesOf(before), valuesOf(after)]
  const paths = [...new Set([...earlier.keys(), ...later.keys()])].toSorted()
  return paths.map((path) => ({ path, before: earlier.get(path), after: later.get(path) })).filter((one) => one.before !== one.after)
}

/** Returns the texts of all values that are not objects. */
function valuesOf(state: Json, path: readonly string[] = []): Map<string, string> {
  if (typeof state !== 'object' || state === null || Array.isArray(state))
    return state === null && path.length === 0
      ? new Map()
      : new Map([[path.join('.'), typeof state === 'string' ? state : JSON.stringify(state)]])
  return new Map(Object.entries(state).flatMap(([name, value]) => [...valuesOf(value, [...path, name])]))
}
