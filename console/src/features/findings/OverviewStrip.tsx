import { type OverviewView, SEVERITIES } from '@guardimesh/contracts'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { overviewQuery } from '../../api/queries/findings.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { formatCount } from '../../ui/format-number.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './findings.module.css'

/** Key figures: findings, nodes, pods, unmonitored containers and lost results. */
export function OverviewStrip() {
  const overview = useQuery(overviewQuery)
  return (
    <QueryState query={overview} skeleton={<Skeleton height={66} radius="md" />}>
      {(data) => <Strip overview={data} />}
    </QueryState>
  )
}

function Strip({ overview }: { overview: OverviewView }) {
  const { t } = useTranslation()
  return (
    <section className={classes.strip} aria-label={t('overview.title')}>
      <Metric name={t('overview.findings')} value={overview.findingsLastDay}>
        <SeverityCounts overview={overview} />
      </Metric>
      <Metric name={t('overview.nodes')} value={overview.nodesReporting}>
        <NodesState overview={overview} />
      </Metric>
      <Metric name={t('overview.pods')} value={overview.pods} />
      <Metric name={t('overview.notMonitored')} value={overview.containersNotWatched}>
        {overview.containersNotWatched > 0 ? <Link to={paths.pods({ watched: 'false' })}>{t('overview.viewPods')}</Link> : null}
      </Metric>
      <Metric name={t('overview.lost')} value={overview.resultsLost}>
        {overview.resultsLost > 0 ? (
          <Link to={paths.lostResults()}>
            <StateBadge tone="bad" text={t('overview.spoolFull')} />
          </Link>
        ) : null}
      </Metric>
    </section>
  )
}

/** Renders nothing while no node is known. */
function NodesState({ overview }: { overview: OverviewView }) {
  const { t } = useTranslation()
  if (overview.nodesSilent > 0) {
    return (
      <Link to={paths.nodes({ state: 'silent' })}>
        <StateBadge tone="bad" text={t('overview.silent', { count: overview.nodesSilent })} />
      </Link>
    )
  }
  if (overview.nodesWithWrongClock > 0) {
    return (
      <Link to={paths.nodes({ issues: 'true' })}>
        <StateBadge tone="warn" text={t('overview.wrongClock', { count: overview.nodesWithWrongClock })} />
      </Link>
    )
  }
  return overview.nodesReporting > 0 ? <StateBadge tone="good" text={t('overview.allReporting')} /> : null
}

function SeverityCounts({ overview }: { overview: OverviewView }) {
  const { t } = useTranslation()
  const present = SEVERITIES.toReversed().filter((severity) => (overview.findingsBySeverity[severity] ?? 0) > 0)
  return present.map((severity) => {
    const count = formatCount(overview.findingsBySeverity[severity] ?? 0)
    return (
      <Link key={severity} to={paths.findings({ severity, last: '24h' })} className={classes.severityCount}>
        <SeverityBadge severity={severity} count={count} />
        <span className="visually-hidden">{t('overview.show')}</span>
      </Link>
    )
  })
}

function Metric({ name, value, children }: { name: string; value: number; children?: ReactNode }) {
  return (
    <div className={classes.figure}>
      <p className={classes.figureName}>{name}</p>
      <div className={classes.figureLine}>
        <span className={classes.figureValue}>{formatCount(value)}</span>
        {children}
      </div>
    </div>
  )
}
