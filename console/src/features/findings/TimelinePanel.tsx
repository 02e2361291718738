import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { Panel } from '../../ui/Panel.js'

/** Recorded moments of a finding, oldest first. Unknown ones are omitted. */
export function TimelinePanel({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const moments = [
    { name: 'firstSeen', at: finding.seen?.firstSeenAt },
    { name: 'written', at: finding.modifiedAt },
    { name: 'changed', at: finding.changedAt },
    { name: 'started', at: finding.process?.startedAt },
    { name: 'detected', at: finding.detectedAt },
    { name: 'received', at: finding.receivedAt },
  ] as const
  const known = moments
    .flatMap(({ name, at }) => (at ? [{ name, at }] : []))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return (
    <Panel title={t('finding.timeline.title')}>
      <Facts facts={known.map(({ name, at }) => [t(`finding.timeline.${name}`), <ExactTime key={name} at={at} />])} />
    </Panel>
  )
}
