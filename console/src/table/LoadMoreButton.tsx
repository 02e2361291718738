import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/errors.js'
import { formatCount } from '../ui/format-number.js'
import lines from '../ui/lines.module.css'
import { useFailureText } from './FailureNotice.js'

export interface LoadedPage {
  readonly items: readonly unknown[]
  /** Missing in lists without a total. */
  readonly total?: number | null
  readonly totalIsMinimum?: boolean
}

export interface PagedQuery {
  data: { pages: readonly LoadedPage[] } | undefined
  error: Error | null
  hasNextPage: boolean
  isFetching: boolean
  isFetchNextPageError: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}

/** Number of rows that match, from the first page; undefined if it is unknown. */
export function loadedTotal(data: PagedQuery['data']): number | undefined {
  const first = data?.pages[0]
  return first?.totalIsMinimum === true ? undefined : (first?.total ?? undefined)
}

/** Loads the next page unless one is loading or failed to load: the user decides whether to try again. */
export function loadNextPage(query: PagedQuery): void {
  if (query.hasNextPage && !query.isFetching && !query.isFetchNextPageError) void query.fetchNextPage()
}

/** Footer of a paged table: number of rows, a button that loads more, and why loading more failed. */
export function LoadMoreButton({ query, shownCount }: { query: PagedQuery; shownCount: number }) {
  const { t } = useTranslation()
  return (
    <div className={lines.foot}>
      <span>
        <ShownText query={query} shownCount={shownCount} />
      </span>
      {query.isFetchNextPageError && query.error ? <PagingFailure error={query.error} onReload={() => void query.refetch()} /> : null}
      {query.hasNextPage ? (
        <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('table.loadMore')}
        </Button>
      ) : null}
    </div>
  )
}

function ShownText({ query, shownCount }: { query: PagedQuery; shownCount: number }) {
  const { t } = useTranslation()
  const shown = formatCount(shownCount)
  if (!query.hasNextPage) return t('table.all', { count: shownCount, shown })
  const first = query.data?.pages[0]
  if (first?.total === undefined || first.total === null) return t('table.shown', { shown })
  const total = formatCount(Math.max(first.total, shownCount))
  return t('table.shownOf', { shown, total: first.totalIsMinimum ? t('table.atLeast', { total }) : total })
}

/** Why the next page could not be loaded. A cursor that the backend no longer accepts needs a new list. */
function PagingFailure({ error, onReload }: { error: Error; onReload: () => void }) {
  const { t } = useTranslation()
  const { detail } = useFailureText(error)
  const isCursorInvalid = error instanceof ApiError && error.problem.code === 'CURSOR_INVALID'
  return (
    <span role="alert" className={lines.failure}>
      {isCursorInvalid ? t('table.cursorInvalid') : `${t('table.loadMoreFailed')} ${detail}`}
      {isCursorInvalid ? (
        <Button size="compact-xs" variant="default" onClick={onReload}>
          {t('table.reload')}
        </Button>
      ) : null}
    </span>
  )
}
