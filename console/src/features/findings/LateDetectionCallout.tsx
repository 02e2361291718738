import type { ContentHistory } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/Callout.js'
import { formatUtc } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'

/** Explains that older signatures reported this content as clean. Renders nothing for other findings. */
export function LateDetectionCallout({ seen }: { seen: ContentHistory | null }) {
  const { t } = useTranslation()
  if (!seen?.isLate) return null
  return (
    <Callout role="status" tone="warn" title={t('finding.late.title')}>
      <p>
        {t('finding.late.cleanBy')} <Mono text={seen.cleanGeneration} />. {t('finding.late.since', { at: formatUtc(seen.firstSeenAt) })}
      </p>
      <p>
        {t('finding.late.containers', { count: seen.containers })} {t('finding.late.nodes', { count: seen.nodes })}.{' '}
        {t('finding.late.advice')}
      </p>
    </Callout>
  )
}
