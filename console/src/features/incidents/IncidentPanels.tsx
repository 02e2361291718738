import type { IncidentView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'
import classes from './incidents.module.css'
import { Sparkline } from './Sparkline.js'

const SPARKLINE_SCALE = 2

/** The findings of an incident, from its first to its latest one. */
function findingsOf({ sha256, signatureName, clusterId, firstSeenAt, lastSeenAt }: IncidentView): string {
  // Receipts have microseconds: the end includes the millisecond of the latest finding.
  const until = new Date(Date.parse(lastSeenAt) + 1).toISOString()
  const content = sha256 === null ? { signature: signatureName } : { sha256 }
  return paths.findings({ ...content, cluster: clusterId, since: firstSeenAt, until })
}

/** The only place with the counts of an incident. */
export function ExtentPanel({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  const { findings, workloads, nodes } = incident
  return (
    <Panel title={t('incidents.page.counts')}>
      <ul className={classes.counts}>
        <li>{t('incidents.findings', { count: findings, shown: formatCount(findings) })}</li>
        <li>{t('incidents.workloads', { count: workloads, shown: formatCount(workloads) })}</li>
        <li>{t('incidents.nodes', { count: nodes, shown: formatCount(nodes) })}</li>
      </ul>
      <Sparkline hours={incident.hourlyFindings} scale={SPARKLINE_SCALE} />
      <Facts
        facts={[
          [t('incidents.page.firstSeen'), <ExactTime key="f" at={incident.firstSeenAt} />],
          [t('incidents.page.lastSeen'), <ExactTime key="l" at={incident.lastSeenAt} />],
          [t('incidents.page.assignee'), incident.assignee ?? t('incidents.unassigned')],
        ]}
      />
      <p>
        <Link to={findingsOf(incident)}>{t('incidents.page.showFindings')}</Link>
      </p>
    </Panel>
  )
}

export function ContentPanel({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  const { sha256, imageDigest, clusterId, nodeNames, nodes } = incident
  const hidden = nodes - nodeNames.length
  return (
    <Panel title={t('incidents.page.facts')}>
      <Facts
        facts={[
          [
            t('incidents.page.sha256'),
            sha256 === null ? t('incidents.page.noHash') : <CopyableText key="h" text={sha256} label={t('incidents.page.copyHash')} />,
          ],
          [t('incidents.page.imageDigest'), imageDigest === '' ? '' : <Mono key="d" text={imageDigest} />],
          [
            t('incidents.page.cluster'),
            <Link key="c" to={paths.findings({ cluster: clusterId })}>
              {clusterId}
            </Link>,
          ],
          [
            t('incidents.page.nodes'),
            `${nodeNames.join(', ')}${hidden > 0 ? ` ${t('incidents.page.moreNodes', { shown: formatCount(hidden) })}` : ''}`,
          ],
        ]}
      />
    </Panel>
  )
}
