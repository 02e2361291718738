import type { DashboardView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { paths } from '../../path-builder.js'
import { Facts } from '../../ui/Facts.js'
import { Panel } from '../../ui/Panel.js'
import classes from './dashboard.module.css'
import { formatPercent } from './format-percent.js'
import { NumberLink } from './NumberLink.js'
import { TrendLine } from './TrendLine.js'

/** Share of monitored containers and scanned files, and what is missing. */
export function CoveragePanel({ coverage }: Pick<DashboardView, 'coverage'>) {
  const { t } = useTranslation()
  const { containers, containersMonitored, filesScanned, filesNotScanned, gaps, trend } = coverage
  const notMonitored = containers - containersMonitored
  return (
    <Panel title={t('dashboard.coverage.title')}>
      <Share
        text={t('dashboard.coverage.containers', { percent: formatPercent(containersMonitored, containers) })}
        trendLabel={t('dashboard.coverage.containersTrend')}
        percents={trend.map(({ containersPercent }) => containersPercent)}
      />
      <Share
        text={t('dashboard.coverage.files', { percent: formatPercent(filesScanned, filesScanned + filesNotScanned) })}
        trendLabel={t('dashboard.coverage.filesTrend')}
        percents={trend.map(({ filesPercent }) => filesPercent)}
      />
      <Facts
        facts={[
          [t('dashboard.coverage.running'), <NumberLink key="running" count={containers} to={paths.pods()} />],
          [
            t('dashboard.coverage.notMonitored'),
            <NumberLink key="containers" count={notMonitored} to={paths.pods({ watched: 'false' })} />,
          ],
          [t('dashboard.coverage.gaps'), <NumberLink key="gaps" count={gaps} to={paths.coverage({ last: '24h' })} />],
        ]}
      />
    </Panel>
  )
}

function Share({ text, trendLabel, percents }: { text: string; trendLabel: string; percents: readonly (number | null)[] }) {
  return (
    <div className={classes.share}>
      <p>{text}</p>
      <TrendLine label={trendLabel} percents={percents} />
    </div>
  )
}
