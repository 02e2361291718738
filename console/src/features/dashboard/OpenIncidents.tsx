import { type DashboardView, INCIDENT_STATUSES, SEVERITIES } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { formatCount } from '../../ui/format-number.js'
import { Panel } from '../../ui/Panel.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import classes from './dashboard.module.css'
import { NumberLink } from './NumberLink.js'

const OPEN_STATUSES = INCIDENT_STATUSES.filter((status) => status !== 'resolved')

/** Open incidents by severity and status. */
export function OpenIncidents({ openIncidents }: Pick<DashboardView, 'openIncidents'>) {
  const { t } = useTranslation()
  const total = openIncidents.reduce((sum, { incidents }) => sum + incidents, 0)
  const countOf = (severity: string, status: string) =>
    openIncidents.find((one) => one.severity === severity && one.status === status)?.incidents ?? 0
  return (
    <Panel title={t('dashboard.incidents.title')}>
      <p className={classes.figure}>
        <Link to={paths.incidents()}>{formatCount(total)}</Link>
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('filter.severity')}</th>
            {OPEN_STATUSES.map((status) => (
              <th key={status} scope="col">
                {t(`incidents.status.${status}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SEVERITIES.toReversed().map((severity) => (
            <tr key={severity}>
              <th scope="row">
                <SeverityBadge severity={severity} />
              </th>
              {OPEN_STATUSES.map((status) => (
                <td key={status}>
                  <NumberLink count={countOf(severity, status)} to={paths.incidents({ severity, status })} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
