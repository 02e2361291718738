import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { FailureNotice } from '../table/FailureNotice.js'
import { PageFrame } from '../ui/PageFrame.js'

/** Shown when rendering or loading a page failed. Reloading also fetches the files of a new version after an upgrade. */
export function RouteError() {
  const { t } = useTranslation()
  const thrown = useRouteError()
  const error = thrown instanceof Error ? thrown : new Error(t('error.consoleDetail'))
  return (
    <PageFrame title={t('error.notLoaded')}>
      <FailureNotice error={error} onRetry={() => window.location.reload()} isRetrying={false} />
    </PageFrame>
  )
}
