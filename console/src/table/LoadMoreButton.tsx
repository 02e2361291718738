import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../ui/format-number.js'
import lines from '../ui/lines.module.css'

interface PagedQuery {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/** Footer of a paged table: number of rows, and a button that loads more. */
export function LoadMoreButton({ query, shownCount }: { query: PagedQuery; shownCount: number }) {
  const { t } = useTranslation()
  return (
    <div className={lines.foot}>
      <span>
        {query.hasNextPage
          ? t('table.shown', { shown: formatCount(shownCount) })
          : t('table.all', { count: shownCount, shown: formatCount(shownCount) })}
      </span>
      {query.hasNextPage ? (
        <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('table.loadMore')}
        </Button>
      ) : null}
    </div>
  )
}
