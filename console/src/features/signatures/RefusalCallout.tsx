import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/Callout.js'
import { formatUtc } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'

/**
 * The latest import failed: which check refused it, what to do, and that nothing is worse than before.
 * The moment is exact, not "3 min ago": an alert whose text changes is read out again.
 */
export function RefusalCallout({ refusal }: { refusal: SignatureImport }) {
  const { t } = useTranslation()
  return (
    <Callout role="alert" tone="bad" title={t('signatures.refusal.title')}>
      <p>{refusal.message}</p>
      <p>
        {t('signatures.refusal.check')} <Mono text={refusal.check} />, {formatUtc(refusal.endedAt ?? refusal.startedAt)}.{' '}
        {t('signatures.refusal.unharmed')}
      </p>
    </Callout>
  )
}
