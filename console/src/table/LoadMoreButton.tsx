import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/errors.js'
import { formatCount } from '../ui/format-number.js'
import lines from '../ui/lines.module.css'
import { useFailureText } from './FailureNotice.js'

export interface PagedQuery {
  error: Error | null
  hasNextPage: boolean
  isFetchNextPageError: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}

/** Footer of a paged table: number of rows, a button that loads more, and why loading more failed. */
export function LoadMoreButton({ query, shownCount }: { query: PagedQuery; shownCount: number }) {
  const { t } = useTranslation()
  return (
    <div className={lines.foot}>
      <span>
        {query.hasNextPage
          ? t('table.shown', { shown: formatCount(shownCount) })
          : t('table.all', { count: shownCount, shown: formatCount(shownCount) })}
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
