import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../ui/format-number.js'
import classes from './table.module.css'

interface PagedQuery {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/** The foot of a paged table: how much is shown, and a way to more. */
export function OlderButton({ query, shownCount }: { query: PagedQuery; shownCount: number }) {
  const { t } = useTranslation()
  return (
    <div className={classes.more}>
      <span>
        {query.hasNextPage ? t('table.shown', { shown: formatCount(shownCount) }) : t('table.all', { shown: formatCount(shownCount) })}
      </span>
      {query.hasNextPage ? (
        <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('table.older')}
        </Button>
      ) : null}
    </div>
  )
}
