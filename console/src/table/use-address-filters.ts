import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useKeepAddress } from './kept-address.js'

/**
 * Keeps filters in the query string, so that a view can be shared as a link. Each change is a history entry, so that Back undoes it.
 *
 * @param read parses the filters; must be a stable reference, for example a module-level function.
 * @returns the filters, and a function that changes some of them; undefined or '' removes a filter.
 */
export function useAddressFilters<Filters extends Readonly<Partial<Record<string, string>>>>(
  read: (parameters: URLSearchParams) => Filters,
) {
  const [parameters, setParameters] = useSearchParams()
  useKeepAddress()
  const text = parameters.toString()
  const filters = useMemo(() => read(new URLSearchParams(text)), [read, text])
  const change = useCallback(
    (changes: Partial<Record<keyof Filters & string, string | undefined>>) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) value ? after.set(name, value) : after.delete(name)
          return after
        },
        // The field that is being edited must not move.
        { preventScrollReset: true },
      ),
    [setParameters],
  )
  return { filters, change }
}

/** Returns a parser for the named parameters. Values are not validated: the API does that. */
export function readNamed<Name extends string>(names: readonly Name[]) {
  return (parameters: URLSearchParams): Partial<Record<Name, string>> => {
    const filters: Partial<Record<Name, string>> = {}
    for (const name of names) {
      const value = parameters.get(name)
      if (value) filters[name] = value
    }
    return filters
  }
}
