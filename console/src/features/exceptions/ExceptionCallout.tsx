import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { exceptionDetail } from '../../api/queries/exceptions.js'
import { paths } from '../../path-builder.js'
import { Callout } from '../../ui/Callout.js'

/** Explains which exception hides a finding. */
export function ExceptionCallout({ exceptionId }: { exceptionId: number }) {
  const { t } = useTranslation()
  const { data } = useQuery(exceptionDetail(exceptionId))
  return (
    <Callout role="status" tone="calm" title={t('exceptions.matched.title', { exceptionId })}>
      <p>{t('exceptions.matched.text')}</p>
      {data ? (
        <p>{t('exceptions.matched.reason', { reason: data.reason, name: data.createdBy, state: t(`exceptions.state.${data.state}`) })}</p>
      ) : null}
      <Link to={paths.exceptions()}>{t('exceptions.title')}</Link>
    </Callout>
  )
}
