import { IconMapQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../path-builder.js'
import { Notice } from '../ui/Notice.js'
import { PageFrame } from '../ui/PageFrame.js'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('notFound.title')}>
      <Notice icon={<IconMapQuestion size={28} aria-hidden />} title={t('notFound.text')}>
        <Link to={paths.incidents()}>{t('notFound.toIncidents')}</Link>
      </Notice>
    </PageFrame>
  )
}
