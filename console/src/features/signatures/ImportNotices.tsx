import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { SecondLine } from '../../ui/SecondLine.js'

/** What a published import contains in part only, such as signatures that ClamAV skips. */
export function ImportNotices({ notices }: Pick<SignatureImport, 'notices'>) {
  const { t } = useTranslation()
  if (notices.length === 0) return null
  return (
    <ul aria-label={t('signatures.import.notices')}>
      {notices.map((notice) => (
        <li key={notice}>
          <SecondLine>{notice}</SecondLine>
        </li>
      ))}
    </ul>
  )
}
