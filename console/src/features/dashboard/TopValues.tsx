import type { DashboardView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { exactly } from '../../table/text-terms.js'
import { formatCount } from '../../ui/format-number.js'
import { Panel } from '../../ui/Panel.js'
import classes from './dashboard.module.css'

interface TopValuesProps {
  filter: 'namespace' | 'image' | 'signature'
  values: DashboardView['topNamespaces']
  range: Pick<DashboardView, 'since' | 'until'>
}

/** The most frequent values of a property of findings. */
export function TopValues({ filter, values, range: { since, until } }: TopValuesProps) {
  const { t } = useTranslation()
  const max = Math.max(...values.map(({ findings }) => findings), 1)
  return (
    <Panel title={t(`dashboard.top.${filter}`)}>
      {values.length === 0 ? <p className={classes.none}>{t('dashboard.top.none')}</p> : null}
      <ol className={classes.top}>
        {values.map(({ value, findings }) => (
          <li key={value}>
            <span className={classes.topName}>{value}</span>
            <Link to={paths.findings({ [filter]: exactly(value), since, until })}>{formatCount(findings)}</Link>
            <svg className={classes.topBar} width="100%" height="4" aria-hidden>
              <rect width={`${(findings / max) * 100}%`} height="4" />
            </svg>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
