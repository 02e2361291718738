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
import { sumDatabases } from '../signature-rules.js'
import classes from '../signatures.module.css'
import { StalenessLine } from './StalenessLine.js'

/** Age, name, publication time and size of the active generation. */
export function ActiveGenerationPanel({ active, view, server }: ServerProps & { active: SignatureGeneration }) {
  const { t } = useTranslation()
  const { sizeBytes, signatures } = sumDatabases(active.databases)
  const { state, newestBuiltAt } = view.freshness
  const { profile, pinned } = server.settings
  return (
    <Panel title={t('signatures.active.title')}>
      <div className={classes.stack}>
        <div className={classes.headline}>
          <FreshnessBadge state={state} />
          <b>
            {newestBuiltAt === null ? (
              t('signatures.active.ageUnknown')
            ) : (
              <>
                {t('signatures.active.newest')} <RelativeTime at={newestBuiltAt} />
              </>
            )}
          </b>
        </div>
        <StalenessLine staleness={view.staleness} />
        <Facts
          facts={[
            [
              t('signatures.active.generation'),
              <span key="generation" className={classes.inline}>
                <CopyableText text={active.generation} label={t('signatures.active.copyGeneration')} />
                {pinned ? <StateBadge tone="busy" text={t('signatures.pinned')} /> : null}
              </span>,
            ],
            [t('signatures.active.published'), <ExactTime key="published" at={active.publishedAt} />],
            [t('signatures.active.built'), newestBuiltAt === null ? '–' : <ExactTime key="built" at={newestBuiltAt} />],
            [t('signatures.active.signatures'), signatures === undefined ? '' : formatCount(signatures)],
            [
              t('signatures.active.size'),
              t('signatures.active.sizeValue', { count: active.databases.length, size: formatBytes(sizeBytes) }),
            ],
            [t('signatures.active.memory'), active.memoryBytes === null ? '' : formatBytes(active.memoryBytes)],
            [t('signatures.active.profile'), t(`signatures.profile.${profile}.name`)],
          ]}
        />
      </div>
    </Panel>
  )
}
