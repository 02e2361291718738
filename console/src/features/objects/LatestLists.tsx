import type { CoverageView, FindingSummary, IncidentSummary } from '@guardimesh/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { findingList } from '../../api/queries/findings.js'
import type { IncidentAddress } from '../../api/queries/incident-address.js'
import { incidentList } from '../../api/queries/incidents.js'
import { coverageList } from '../../api/queries/inventory.js'
import { paths } from '../../path-builder.js'
import { type Column, DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { Section } from '../../ui/Section.js'
import { coverageColumns } from '../coverage/coverage-columns.js'
import { findingColumns } from '../findings/finding-columns.js'
import { latestIncidentColumns } from './latest-incident-columns.js'

/** Rows of a list on the page of an object. */
const ROWS_MAX = 5

/** The latest incidents of an object; resolved ones included. */
export function LatestIncidents({ address }: { address: IncidentAddress }) {
  const { t } = useTranslation()
  const incidents = useInfiniteQuery(incidentList(address))
  return (
    <QueryState query={incidents}>
      {({ pages }) => (
        <Latest
          title={t('incidents.title')}
          rows={pages[0]?.items ?? []}
          columns={latestIncidentColumns}
          rowKey={({ incidentId }: IncidentSummary) => String(incidentId)}
          all={<Link to={paths.incidents(address)}>{t('objects.allIncidents', { count: pages[0]?.total ?? 0 })}</Link>}
        />
      )}
    </QueryState>
  )
}

export function LatestFindings({ address }: { address: FindingAddress }) {
  const { t } = useTranslation()
  const findings = useInfiniteQuery(findingList(address, { sort: 'received', order: 'desc' }))
  return (
    <QueryState query={findings}>
      {({ pages }) => (
        <Latest
          title={t('findings.title')}
          rows={pages[0]?.items ?? []}
          columns={findingColumns}
          rowKey={({ findingId, clusterId }: FindingSummary) => `${clusterId}/${findingId}`}
          all={<Link to={paths.findings(address)}>{t('objects.allFindings')}</Link>}
        />
      )}
    </QueryState>
  )
}

/** What was not scanned on an object. */
export function LatestCoverage({ filters }: { filters: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const coverage = useInfiniteQuery(coverageList(filters))
  return (
    <QueryState query={coverage}>
      {({ pages }) => (
        <Latest
          title={t('coverage.title')}
          rows={pages[0]?.items ?? []}
          columns={coverageColumns}
          rowKey={({ coverageId }: CoverageView) => coverageId}
          all={<Link to={paths.coverage(filters)}>{t('objects.allCoverage')}</Link>}
        />
      )}
    </QueryState>
  )
}

interface LatestProps<Row> {
  title: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Link to the full list. */
  all: ReactNode
}

function Latest<Row>({ title, rows, columns, rowKey, all }: LatestProps<Row>) {
  const { t } = useTranslation()
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <p>{t('objects.none')}</p>
      ) : (
        <>
          <DataTable label={title} columns={columns} rows={rows.slice(0, ROWS_MAX)} rowKey={rowKey} />
          <p>{all}</p>
        </>
      )}
    </Section>
  )
}
