import type { IncidentSummary, ListPreferences } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ComponentProps, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAllowed } from '../../api/permissions.js'
import type { IncidentAddress } from '../../api/queries/incident-address.js'
import { incidentList } from '../../api/queries/incidents.js'
import { sessionQuery } from '../../api/queries/session.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { type Column, DataTable } from '../../table/DataTable.js'
import { LoadMoreButton } from '../../table/LoadMoreButton.js'
import { QueryState } from '../../table/QueryState.js'
import { formatCount } from '../../ui/format-number.js'
import { visibleColumns } from '../../views/use-list-views.js'
import { BulkBar } from './BulkBar.js'
import { buildIncidentColumns } from './incident-columns.js'
import { NO_SELECTION, nextSelection } from './incident-selection.js'
import classes from './incidents.module.css'
import { KeyHints } from './KeyHints.js'
import { NoIncidents } from './NoIncidents.js'
import { TriageDialog } from './TriageDialog.js'
import type { TriageResult } from './triage-target.js'
import { useLiveIncidents } from './use-live-incidents.js'
import { useTriage } from './use-triage.js'

/** Incidents with live updates, selection, bulk actions and shortcuts. Needs a new `key` when the filters change. */
export function IncidentList({ address, display }: { address: IncidentAddress; display: ListPreferences }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({ ...incidentList(address), refetchOnWindowFocus: false })
  const { data: session } = useQuery(sessionQuery)
  const [selection, dispatch] = useReducer(nextSelection, NO_SELECTION)
  const [done, setDone] = useState<string>()
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  const firstPage = query.data?.pages[0]
  const total = firstPage?.total ?? 0
  const loadedIds = rows.map(({ incidentId }) => incidentId)
  const readOnlyReason = isAllowed(session?.account, 'incidents:change') ? undefined : t('incidents.readOnly')
  const toggle = (incidentId: number, isRange = false) => dispatch({ kind: 'toggle', incidentId, isRange, loadedIds })
  const triage = useTriage({ address, firstPage, rows, selection, readOnlyReason, onToggle: toggle, onOpen: () => setDone(undefined) })
  const isIdle = (query.data?.pages.length ?? 0) <= 1 && selection.ids.size === 0 && triage.dialog === null
  const live = useLiveIncidents(address, isIdle)
  const onDone = (result: TriageResult) => {
    dispatch({ kind: 'clear' })
    const changed = result?.changed ?? 1
    const text = t('incidents.bulk.done', { count: changed, shown: formatCount(changed) })
    setDone(result?.isComplete === false ? `${text} ${t('incidents.bulk.incomplete')}` : text)
  }
  const isSelected = (incidentId: number) => selection.isAllMatching || selection.ids.has(incidentId)
  return (
    <>
      <FormSuccess text={done} />
      <ListHead total={total} waitingCount={live.waitingCount} onShow={() => void live.refetch()} />
      <BulkBar
        count={selection.isAllMatching ? total : selection.ids.size}
        total={total}
        isAllMatching={selection.isAllMatching}
        onSelectAll={() => dispatch({ kind: 'all-matching', loadedIds })}
        onClear={() => dispatch({ kind: 'clear' })}
        onAction={triage.open}
      />
      <QueryState query={query}>
        {() => (
          <IncidentTable
            rows={rows}
            columns={visibleColumns(buildIncidentColumns({ isSelected, onToggle: toggle, disabledReason: readOnlyReason }), display)}
            density={display.density}
            query={query}
            isFiltered={Object.keys(address).length > 0}
          />
        )}
      </QueryState>
      {triage.dialog ? <TriageDialog {...triage.dialog} onDone={onDone} onClose={triage.close} /> : null}
    </>
  )
}

interface IncidentTableProps {
  rows: readonly IncidentSummary[]
  columns: readonly Column<IncidentSummary>[]
  density: ListPreferences['density']
  query: ComponentProps<typeof LoadMoreButton>['query']
  isFiltered: boolean
}

function IncidentTable({ rows, columns, density, query, isFiltered }: IncidentTableProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return <NoIncidents isFiltered={isFiltered} />
  return (
    <>
      <DataTable
        label={t('incidents.title')}
        columns={columns}
        density={density}
        rows={rows}
        rowKey={keyOf}
        isFaint={({ status }) => status === 'resolved'}
      />
      <LoadMoreButton query={query} shownCount={rows.length} />
    </>
  )
}

const keyOf = ({ incidentId }: IncidentSummary) => String(incidentId)

function ListHead({ total, waitingCount, onShow }: { total: number; waitingCount: number; onShow: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.listHead}>
      <p>{t('incidents.count', { count: total, total: formatCount(total) })}</p>
      <div role="status">
        {waitingCount > 0 ? (
          <Button size="compact-xs" variant="light" onClick={onShow}>
            {t('incidents.newOnes', { count: waitingCount })}
          </Button>
        ) : null}
      </div>
      <KeyHints names={['move', 'select', 'assign', 'resolve', 'comment']} />
    </div>
  )
}
