import type { SignatureGeneration } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { CopyableText } from '../../../ui/CopyableText.js'
import { ExactTime } from '../../../ui/ExactTime.js'
import { Facts } from '../../../ui/Facts.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { Panel } from '../../../ui/Panel.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { FreshnessBadge } from '../FreshnessBadge.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { sumUp } from '../signature-rules.js'
import classes from '../signatures.module.css'
import { StalenessLine } from './StalenessLine.js'

/** The generation in force: how fresh, which, since when, and how large. */
export function LivePanel({ live, view, server }: ServerProps & { live: SignatureGeneration }) {
  const { t } = useTranslation()
  const { sizeBytes, signatures } = sumUp(live.databases)
  const { state, newestBuiltAt } = view.freshness
  const { profile, pinned } = server.settings
  return (
    <Panel title={t('signatures.live.title')}>
      <div className={classes.stack}>
        <div className={classes.headline}>
          <FreshnessBadge state={state} />
          <b>
            {newestBuiltAt === null ? (
              t('signatures.live.ageUnknown')
            ) : (
              <>
                {t('signatures.live.newest')} <RelativeTime at={newestBuiltAt} />
              </>
            )}
          </b>
        </div>
        <StalenessLine staleness={view.staleness} />
        <Facts
          facts={[
            [
              t('signatures.live.generation'),
              <span key="generation" className={classes.inline}>
                <CopyableText text={live.generation} label={t('signatures.live.copyGeneration')} />
                {pinned ? <StateBadge tone="busy" text={t('signatures.pinned')} /> : null}
              </span>,
            ],
            [t('signatures.live.published'), <ExactTime key="published" at={live.publishedAt} />],
            [t('signatures.live.built'), newestBuiltAt === null ? '–' : <ExactTime key="built" at={newestBuiltAt} />],
            [t('signatures.live.signatures'), signatures === undefined ? '' : formatCount(signatures)],
            [t('signatures.live.size'), t('signatures.live.sizeValue', { count: live.databases.length, size: formatBytes(sizeBytes) })],
            [t('signatures.live.memory'), live.memoryBytes === null ? '' : formatBytes(live.memoryBytes)],
            [t('signatures.live.profile'), t(`signatures.profile.${profile}.name`)],
          ]}
        />
      </div>
    </Panel>
  )
}
