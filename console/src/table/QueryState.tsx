import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TableSkeleton } from '../ui/TableSkeleton.js'
import { FailureNotice, useFailureText } from './FailureNotice.js'
import classes from './table.module.css'

/** Subset of a TanStack query. */
interface AnyQuery<Data> {
  data: Data | undefined
  error: Error | null
  isFetching: boolean
  /** The error is of a further page, which the foot of the table reports. */
  isFetchNextPageError?: boolean
  refetch: () => Promise<unknown>
}

interface QueryStateProps<Data> {
  query: AnyQuery<Data>
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}

/** Renders a query: loading, error, or its data, with a warning if the refresh failed. */
export function QueryState<Data>({ query, skeleton, children }: QueryStateProps<Data>) {
  const retry = () => void query.refetch()
  const failure = useLastFailure(query)
  if (query.data === undefined) {
    if (failure) return <FailureNotice error={failure} onRetry={retry} isRetrying={query.isFetching} />
    return skeleton ?? <TableSkeleton />
  }
  return (
    <>
      {query.error && !query.isFetchNextPageError ? <StaleBar error={query.error} onRetry={retry} isRetrying={query.isFetching} /> : null}
      {children(query.data)}
    </>
  )
}

/** Returns the last error, also while the query without data is repeated: TanStack clears it then, and the page would flicker. */
function useLastFailure<Data>({ data, error }: AnyQuery<Data>): Error | null {
  const [failure, setFailure] = useState(error)
  const next = error ?? (data === undefined ? failure : null)
  if (next !== failure) setFailure(next)
  return next
}

function StaleBar({ error, onRetry, isRetrying }: { error: Error; onRetry: () => void; isRetrying: boolean }) {
  const { t } = useTranslation()
  const failure = useFailureText(error)
  return (
    <div className={classes.stale} role="status">
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        {t('state.stale')} {failure.detail}
      </span>
      <Button size="compact-xs" variant="default" onClick={onRetry} loading={isRetrying}>
        {t('action.retry')}
      </Button>
    </div>
  )
}
