import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/Callout.js'
import { formatUtc } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'

/**
 * The latest import was rejected: failed check, reason and remedy.
 * The time is absolute, because screen readers announce an alert again whenever its text changes.
 */
export function RejectionCallout({ rejection }: { rejection: SignatureImport }) {
  const { t } = useTranslation()
  return (
    <Callout role="alert" tone="bad" title={t('signatures.rejection.title')}>
      <p>{rejection.message}</p>
      <p>
        {t('signatures.rejection.check')} <Mono text={rejection.check} />, {formatUtc(rejection.endedAt ?? rejection.startedAt)}.{' '}
        {t('signatures.rejection.unchanged')}
      </p>
    </Callout>
  )
}
