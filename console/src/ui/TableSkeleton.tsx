import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './skeleton.module.css'

const LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Placeholder for rows that are being loaded. */
export function TableSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={classes.lines} role="status" aria-label={t('state.loading')}>
      {LINES.map((line) => (
        <Skeleton key={line} height={40} radius={4} />
      ))}
    </div>
  )
}
