import { COVERAGE_REASONS, type CoveragePage as CoverageAnswer } from '@guardimesh/contracts'
import { NativeSelect } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { coverageList } from '../../api/queries/inventory.js'
import { isLastName, LAST_MS, lastToSince } from '../../api/queries/time-range.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { formatCount } from '../../ui/format-number.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { coverageColumns } from './coverage-columns.js'
import { ReasonChips } from './ReasonChips.js'

const NAMES = ['search', 'namespace', 'node', 'pod', 'container', 'cluster'] as const
const LAST_NAMES = Object.keys(LAST_MS).filter(isLastName)
const readCoverageFilters = readNamed(['reason', 'last', ...NAMES])

export function CoveragePage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readCoverageFilters)
  const reason = COVERAGE_REASONS.find((name) => name === filters.reason)
  const { last, ...named } = filters
  // A new start for each rendering would be a new list.
  const since = useMemo(() => lastToSince(last), [last])
  const coverage = useInfiniteQuery(coverageList({ ...named, reason, since }))
  const totals: CoverageAnswer['totals'] = coverage.data?.pages[0]?.totals ?? []
  const gapCount = totals.reduce((sum, total) => (reason === undefined || reason === total.reason ? sum + total.entries : sum), 0)
  return (
    <PageFrame
      title={t('coverage.title')}
      lead={t('coverage.lead')}
      actions={<ExportMenu list="coverage" queryOf={() => ({ ...named, reason, since })} />}
    >
      <NamedFilterBar names={['search', 'namespace', 'node']} pillNames={NAMES} filters={filters} onChange={change}>
        <NativeSelect
          size="xs"
          label={t('coverage.lastSeen')}
          data={[{ value: '', label: t('time.any') }, ...LAST_NAMES.map((name) => ({ value: name, label: t(`time.last.${name}`) }))]}
          value={last ?? ''}
          onChange={(event) => change({ last: event.currentTarget.value })}
        />
      </NamedFilterBar>
      <ReasonChips totals={totals} reason={reason} onChange={(selected) => change({ reason: selected })} />
      {gapCount > 0 ? <p>{t('coverage.gaps', { count: gapCount, shown: formatCount(gapCount) })}</p> : null}
      <PagedTable
        label={t('coverage.title')}
        columns={coverageColumns}
        rowKey={(entry) => entry.coverageId}
        query={coverage}
        empty={
          <Notice role="status" icon={<IconShieldCheck size={28} aria-hidden />} title={t('coverage.empty.title')}>
            <p>{t('coverage.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
