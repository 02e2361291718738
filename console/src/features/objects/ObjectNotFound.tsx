import { useTranslation } from 'react-i18next'

/** The object is not in the inventory any more, or not yet; its findings may still exist. */
export function ObjectNotFound() {
  const { t } = useTranslation()
  return <p role="status">{t('objects.notFound')}</p>
}
