import type { ListPreferences, SavedView, SaveView, ViewedList } from '@guardimesh/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { deleteView, listViews, putPreferences, saveView, setListViews } from '../api/queries/saved-views.js'
import { sessionQuery } from '../api/queries/session.js'
import type { Column } from '../table/column.js'

/** Also the display while the preferences are loading. */
const DEFAULT_DISPLAY: ListPreferences = { hiddenColumns: [], density: 'comfortable', defaultViewId: null }

/** Saved views of a list and how the user displays it. Opens the default view if the address has no parameters. */
export function useListViews(list: ViewedList) {
  const client = useQueryClient()
  const { data } = useQuery(listViews(list))
  const { data: session } = useQuery(sessionQuery)
  const [parameters, setParameters] = useSearchParams()
  const address = parameters.toString()
  const display = data?.preferences ?? DEFAULT_DISPLAY
  const onSuccess = (views: NonNullable<typeof data>) => setListViews(client, list, views)
  const change = useMutation({
    mutationFn: (preferences: ListPreferences) => putPreferences(list, preferences),
    // Shown immediately; a failure restores what the backend has.
    onMutate: (preferences) => {
      if (data) setListViews(client, list, { ...data, preferences })
    },
    onSuccess,
    onError: () => client.invalidateQueries({ queryKey: listViews(list).queryKey }),
  })
  const save = useMutation({
    mutationFn: ({ name, isShared }: { name: string; isShared: boolean }) => {
      const { hiddenColumns, density } = display
      const replaced = replacedView(data?.views ?? [], { name, isShared, address }, session?.account.email)
      return saveView(list, { name, isShared, address, hiddenColumns, density }, replaced?.viewId)
    },
    onSuccess,
  })
  const remove = useMutation({ mutationFn: (view: SavedView) => deleteView(list, view), onSuccess })
  useDefaultView(data?.views.find(({ viewId }) => viewId === display.defaultViewId)?.address, data !== undefined)
  const open = ({ address: opened, hiddenColumns, density }: SavedView) => {
    setParameters(new URLSearchParams(opened))
    change.mutate({ ...display, hiddenColumns, density })
  }
  return { list, views: data?.views ?? [], address, display, change, save, remove, open }
}

export type ListViewsState = ReturnType<typeof useListViews>

/**
 * Returns the view that saving replaces: the user's own one of that name. Administrators replace the view of another user only while it is open and
 * stays shared. Pure.
 */
function replacedView(
  views: readonly SavedView[],
  { name, isShared, address }: Pick<SaveView, 'name' | 'isShared' | 'address'>,
  email: string | undefined,
): SavedView | undefined {
  const named = views.filter((view) => view.canChange && view.name.toLowerCase() === name.toLowerCase())
  return named.find(({ author }) => author === email) ?? named.find((view) => isShared && view.isShared && view.address === address)
}

function useDefaultView(defaultAddress: string | undefined, isLoaded: boolean): void {
  const [parameters, setParameters] = useSearchParams()
  const isOpened = useRef(false)
  useEffect(() => {
    if (!isLoaded || isOpened.current) return
    isOpened.current = true
    if (defaultAddress && parameters.size === 0) setParameters(new URLSearchParams(defaultAddress), { replace: true })
  })
}

/** Returns the columns that the user has not hidden; all of them if that would hide everything. Pure. */
export function visibleColumns<Row>(columns: readonly Column<Row>[], { hiddenColumns }: ListPreferences): readonly Column<Row>[] {
  const visible = columns.filter(({ header }) => !hiddenColumns.includes(header))
  return visible.some(isChoosable) ? visible : columns
}

/** False for the column with the checkboxes of the rows. */
export const isChoosable = ({ header }: Pick<Column<never>, 'header'>) => header !== 'select'
