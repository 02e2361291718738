import { IconFilterOff, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Notice } from '../../ui/Notice.js'

export function NoIncidents({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  if (isFiltered)
    return (
      <Notice role="status" icon={<IconFilterOff size={28} aria-hidden />} title={t('incidents.empty.filteredTitle')}>
        <p>{t('incidents.empty.filtered')}</p>
        <Link to={paths.incidents()}>{t('filter.clear')}</Link>
      </Notice>
    )
  return (
    <Notice role="status" icon={<IconShieldCheck size={28} aria-hidden />} title={t('incidents.empty.title')}>
      <p>{t('incidents.empty.text')}</p>
      <p>
        <Link to={paths.findings()}>{t('incidents.empty.findings')}</Link>
      </p>
    </Notice>
  )
}
