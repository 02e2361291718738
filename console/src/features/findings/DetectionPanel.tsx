import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { exactly } from '../../table/text-terms.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'
import { SecondLine } from '../../ui/SecondLine.js'

/** Engine, signature, trigger and times of a detection. */
export function DetectionPanel({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const { signatureName, scanSource, trigger, engine, engineVersion } = finding
  return (
    <Panel title={t('finding.detection.title')}>
      <Facts
        facts={[
          [
            t('finding.detection.signature'),
            <Link key="s" to={paths.findings({ signature: exactly(signatureName) })}>
              {signatureName}
            </Link>,
          ],
          [t('finding.detection.source'), <Source key="o" source={scanSource} />],
          [t('finding.detection.trigger'), t(`trigger.${trigger}`)],
          [t('finding.detection.detected'), <ExactTime key="d" at={finding.detectedAt} />],
          [t('finding.detection.received'), <ExactTime key="r" at={finding.receivedAt} />],
          [t('finding.detection.engine'), engineText(engine, engineVersion)],
          [t('finding.detection.generation'), finding.signatureGeneration && <Mono key="g" text={finding.signatureGeneration} />],
          [t('finding.detection.findingId'), <Mono key="f" text={finding.findingId} />],
          [t('finding.detection.resultId'), <Mono key="i" text={finding.resultId} />],
        ]}
      />
    </Panel>
  )
}

function Source({ source }: { source: FindingView['scanSource'] }) {
  const { t } = useTranslation()
  return (
    <>
      <Link to={paths.findings({ source })}>{t(`source.${source}.name`)}</Link>
      <SecondLine>{t(`source.${source}.meaning`)}</SecondLine>
    </>
  )
}

/** Some engines include their name in the version ("ClamAV 1.4.3"): the name is shown once. */
function engineText(engine: string, engineVersion: string): string {
  const hasName = engineVersion.toLowerCase().startsWith(engine.toLowerCase())
  return hasName ? engineVersion : `${engine} ${engineVersion}`.trim()
}
