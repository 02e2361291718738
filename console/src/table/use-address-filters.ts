import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/**
 * Filters that live in the query string, so that a view can be shared as a link.
 *
 * @param read    gives the filters that a query string holds; must be a function of the module, not of the component.
 * @returns the filters and a function that changes some of them; undefined or '' takes one away.
 */
export function useAddressFilters<Filters extends Readonly<Partial<Record<string, string>>>>(
  read: (parameters: URLSearchParams) => Filters,
) {
  const [parameters, setParameters] = useSearchParams()
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
        { replace: true },
      ),
    [setParameters],
  )
  return { filters, change }
}

/** Reads the named parameters as they are; the API checks them. */
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
