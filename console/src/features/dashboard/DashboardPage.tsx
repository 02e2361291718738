import { DASHBOARD_RANGE_NAMES, type DashboardView } from '@guardimesh/contracts'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dashboardQuery, isDashboardRange } from '../../api/queries/dashboard.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { formatCount } from '../../ui/format-number.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { TimeZoneSwitch } from '../../ui/TimeZoneSwitch.js'
import { CoveragePanel } from './CoveragePanel.js'
import classes from './dashboard.module.css'
import { FindingsChart } from './FindingsChart.js'
import { OpenIncidents } from './OpenIncidents.js'
import { ResponsePanel } from './ResponsePanel.js'
import { SetUpList } from './SetUpList.js'
import { StatePanel } from './StatePanel.js'
import { TopValues } from './TopValues.js'

const readFilters = readNamed(['range'])

/** The state of all clusters. Each number opens the list of what it counts. */
export function DashboardPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  const range = isDashboardRange(filters.range) ? filters.range : '24h'
  const dashboard = useQuery(dashboardQuery(range))
  return (
    <PageFrame
      title={t('dashboard.title')}
      lead={t('dashboard.lead')}
      actions={
        <>
          <NativeSelect
            size="xs"
            label={t('dashboard.range')}
            data={DASHBOARD_RANGE_NAMES.map((name) => ({ value: name, label: t(`time.last.${name}`) }))}
            value={range}
            onChange={(event) => change({ range: event.currentTarget.value })}
          />
          <TimeZoneSwitch />
        </>
      }
    >
      <QueryState query={dashboard}>{(data) => <Panels key={data.since} dashboard={data} />}</QueryState>
    </PageFrame>
  )
}

function Panels({ dashboard }: { dashboard: DashboardView }) {
  const { t } = useTranslation()
  const { findings, since, until } = dashboard
  const range = { since, until }
  return (
    <>
      <SetUpList setUp={dashboard.setUp} />
      <Panel title={t('dashboard.chart.title')}>
        <p className={classes.figure}>
          <Link to={paths.findings(range)}>{formatCount(findings.total)}</Link>
        </p>
        <FindingsChart {...findings} />
      </Panel>
      <div className={classes.panels}>
        <OpenIncidents openIncidents={dashboard.openIncidents} />
        <ResponsePanel response={dashboard.response} />
        <CoveragePanel coverage={dashboard.coverage} />
        <StatePanel nodes={dashboard.nodes} signatures={dashboard.signatures} />
        <TopValues filter="namespace" values={dashboard.topNamespaces} range={range} />
        <TopValues filter="signature" values={dashboard.topSignatures} range={range} />
        <TopValues filter="image" values={dashboard.topImages} range={range} />
      </div>
    </>
  )
}
