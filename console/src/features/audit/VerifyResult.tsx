import type { AuditVerification } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../ui/Callout.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { formatCount } from '../../ui/format-number.js'

/** Result of a verification; with the hash that reveals a replaced log later. */
export function VerifyResult({ result }: { result: AuditVerification }) {
  const { t } = useTranslation()
  const { broken, entries, lastPosition, lastHash } = result
  if (broken) {
    return (
      <Callout tone="bad" role="alert" title={t('audit.verify.broken')}>
        <p>{t(`audit.verify.reason.${broken.reason}`, { position: broken.position })}</p>
      </Callout>
    )
  }
  return (
    <Callout tone="calm" role="status" title={t('audit.verify.intact', { count: entries, shown: formatCount(entries) })}>
      {lastPosition === null ? null : (
        <>
          <p>{t('audit.verify.keep')}</p>
          <CopyableText text={`--position ${lastPosition} --hash ${lastHash}`} label={t('audit.verify.copy')} />
        </>
      )}
    </Callout>
  )
}
