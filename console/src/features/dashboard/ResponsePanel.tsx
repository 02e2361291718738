import { type DashboardView, type ResponseDuration, SECOND_MS } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { ANY_STATUS } from '../../api/queries/incident-address.js'
import { paths } from '../../path-builder.js'
import { formatDuration, formatSpan } from '../../ui/format-time.js'
import { Panel } from '../../ui/Panel.js'
import { SecondLine } from '../../ui/SecondLine.js'
import classes from './dashboard.module.css'
import { NumberLink } from './NumberLink.js'

/** The list of the incidents of each time. */
const STATUSES = { detect: ANY_STATUS, acknowledge: 'in_progress,resolved', resolve: 'resolved' } as const
const NAMES = ['detect', 'acknowledge', 'resolve'] as const
const SPAN_FROM_SECONDS = 60

/** Times to detect, acknowledge and resolve of the last 30 days. */
export function ResponsePanel({ response }: Pick<DashboardView, 'response'>) {
  const { t } = useTranslation()
  return (
    <Panel title={t('dashboard.response.title')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('dashboard.response.time')}</th>
            <th scope="col">{t('dashboard.response.median')}</th>
            <th scope="col">{t('dashboard.response.p95')}</th>
            <th scope="col">{t('dashboard.response.incidents')}</th>
          </tr>
        </thead>
        <tbody>
          {NAMES.map((name) => (
            <tr key={name}>
              <th scope="row">
                {t(`dashboard.response.${name}`)}
                <Measured duration={response[name]} />
              </th>
              <td>{formatSeconds(response[name].medianSeconds)}</td>
              <td>{formatSeconds(response[name].p95Seconds)}</td>
              <td>
                <NumberLink
                  count={response[name].incidents}
                  to={paths.incidents({ status: STATUSES[name], openedSince: response.since })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.none}>{t('dashboard.response.note')}</p>
    </Panel>
  )
}

/** How many incidents have a known time, unless all have. */
function Measured({ duration: { incidents, measured } }: { duration: ResponseDuration }) {
  const { t } = useTranslation()
  return measured === incidents ? null : <SecondLine>{t('dashboard.response.measured', { measured, incidents })}</SecondLine>
}

function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  return seconds < SPAN_FROM_SECONDS ? formatDuration(seconds * SECOND_MS) : formatSpan(seconds * SECOND_MS)
}
