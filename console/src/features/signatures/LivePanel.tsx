import type { SignatureGeneration } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { CopyableText } from '../../ui/CopyableText.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { Panel } from '../../ui/Panel.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { useNow } from '../../ui/use-now.js'
import { isOld, sumUp } from './signature-rules.js'

/** The generation in force: which, since when, how fresh and how large. */
export function LivePanel({ live }: { live: SignatureGeneration }) {
  const { t } = useTranslation()
  const { sizeBytes, signatures, newestBuiltAt } = sumUp(live.databases)
  return (
    <Panel title={t('signatures.live.title')}>
      <Facts
        facts={[
          [
            t('signatures.live.generation'),
            <CopyableText key="generation" text={live.generation} label={t('signatures.live.copyGeneration')} />,
          ],
          [t('signatures.live.published'), <ExactTime key="published" at={live.publishedAt} />],
          [t('signatures.live.newest'), newestBuiltAt && <Freshness key="newest" builtAt={newestBuiltAt} />],
          [t('signatures.live.signatures'), signatures === undefined ? '' : formatCount(signatures)],
          [t('signatures.live.size'), t('signatures.live.sizeValue', { count: live.databases.length, size: formatBytes(sizeBytes) })],
        ]}
      />
    </Panel>
  )
}

function Freshness({ builtAt }: { builtAt: string }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  return (
    <>
      <ExactTime at={builtAt} />{' '}
      {isOld(builtAt, nowMs) ? (
        <StateBadge tone="warn" text={t('signatures.live.old')} />
      ) : (
        <StateBadge tone="good" text={t('signatures.live.fresh')} />
      )}
    </>
  )
}
