import { IconFilterOff, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Notice } from '../../ui/Notice.js'

/** Empty list: no match for the filters, or no findings yet, with instructions to test detection. */
export function NoFindings({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  if (isFiltered) {
    return (
      <Notice role="status" icon={<IconFilterOff size={28} aria-hidden />} title={t('findings.empty.filteredTitle')}>
        <p>{t('findings.empty.filtered')}</p>
        <Link to={paths.findings()}>{t('filter.clear')}</Link>
      </Notice>
    )
  }
  return (
    <Notice role="status" icon={<IconShieldCheck size={28} aria-hidden />} title={t('findings.empty.title')}>
      <p>{t('findings.empty.text')}</p>
      <p>{t('findings.empty.try')}</p>
      <p>
        <Link to={paths.coverage()}>{t('findings.empty.coverage')}</Link>
      </p>
    </Notice>
  )
}
