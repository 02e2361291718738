import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { formatBytes, formatCount, formatMode } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { HashActions } from './HashActions.js'

/** The detected file or memory. */
export function FilePanel({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  // A retro-hunt finding comes from a sighting, which has no file attributes.
  const isFileKnown = finding.scanSource !== 'retro_hunt'
  return (
    <Panel title={t('finding.file.title')}>
      <Facts
        facts={[
          [t('finding.file.path'), <CopyableText key="path" text={finding.path} label={t('finding.file.copyPath')} />],
          [t('finding.file.sha256'), <Hash key="sha256" finding={finding} />],
          [t('finding.file.sameContent'), <SameContent key="same" finding={finding} />],
          [
            t('finding.file.size'),
            t('finding.file.sizeValue', { size: formatBytes(finding.sizeBytes), bytes: formatCount(finding.sizeBytes) }),
          ],
          [t('finding.file.owner'), isFileKnown ? t('finding.file.ownerValue', { uid: finding.ownerUid, gid: finding.ownerGid }) : ''],
          [t('finding.file.mode'), isFileKnown ? <Mono key="mode" text={formatMode(finding.mode)} /> : ''],
          [t('finding.file.modified'), <ExactTime key="modified" at={finding.modifiedAt} />],
          [t('finding.file.changed'), <ExactTime key="changed" at={finding.changedAt} />],
          [t('finding.file.firstSeen'), finding.seen ? <ExactTime key="seen" at={finding.seen.firstSeenAt} /> : ''],
          [t('finding.file.layer'), finding.layer],
        ]}
      />
      <HashActions finding={finding} />
    </Panel>
  )
}

function Hash({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  if (finding.sha256 === null) return t('finding.file.noHash')
  return (
    <>
      <CopyableText text={finding.sha256} label={t('finding.file.copyHash')} />
      <SecondLine>
        <Link to={paths.sightings(finding.sha256)}>{t('finding.file.sightings')}</Link>
      </SecondLine>
    </>
  )
}

function SameContent({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const otherCount = finding.sameContentCount - 1
  if (finding.sha256 === null || otherCount <= 0) return t('finding.file.onlyHere')
  return <Link to={paths.findings({ sha256: finding.sha256, exception: 'all' })}>{t('finding.file.elsewhere', { count: otherCount })}</Link>
}
