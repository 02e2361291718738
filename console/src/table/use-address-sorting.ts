import type { Sorting } from './ColumnHeader.js'
import { useAddressFilters } from './use-address-filters.js'

const readSorting = (parameters: URLSearchParams) => ({ sort: parameters.get('sort') ?? '', order: parameters.get('order') ?? '' })

/**
 * Keeps the order of a list in the query string.
 *
 * @param keys sort keys of the list; the list is sorted by the first one, descending, if the URL has none.
 */
export function useAddressSorting<Key extends string>(keys: readonly [Key, ...Key[]]): Sorting & { sort: Key } {
  const { filters, change } = useAddressFilters(readSorting)
  const sort = keys.find((key) => key === filters.sort) ?? keys[0]
  const order = filters.order === 'asc' ? 'asc' : 'desc'
  return {
    sort,
    order,
    onChange: (sort, order) => change({ sort: sort === keys[0] ? undefined : sort, order: order === 'desc' ? undefined : order }),
  }
}
