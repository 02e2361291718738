import { Button } from '@mantine/core'
import { IconLock, IconMapQuestion, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError, ApiUnavailable, isForbidden } from '../api/errors.js'
import { Notice } from '../ui/Notice.js'

/** Returns the texts for an error. `facts` identify it for support. */
export function useFailureText(error: Error): { title: string; detail: string; facts: string | undefined } {
  const { t } = useTranslation()
  if (error instanceof ApiError) {
    const { title, detail, code, requestId } = error.problem
    const facts = requestId === undefined ? code : t('error.facts', { code, requestId })
    return { title: isForbidden(error) ? t('error.forbidden') : title, detail: asSentence(detail), facts }
  }
  if (error instanceof ApiUnavailable)
    return { title: t(`error.${error.kind}.title`), detail: t(`error.${error.kind}.detail`), facts: undefined }
  return { title: t('error.console'), detail: error.message, facts: undefined }
}

/** The backend's details start in lower case, because they are also logged. */
const asSentence = (detail: string) => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}`

/** Error shown instead of data, with a retry button. */
export function FailureNotice({ error, onRetry, isRetrying }: { error: Error; onRetry: () => void; isRetrying: boolean }) {
  const { t } = useTranslation()
  const { title, detail, facts } = useFailureText(error)
  const isMissing = error instanceof ApiError && error.problem.status === 404
  const Icon = isMissing ? IconMapQuestion : isForbidden(error) ? IconLock : IconPlugConnectedX
  return (
    <Notice
      role="alert"
      icon={<Icon size={28} aria-hidden />}
      title={title}
      actions={
        // Nothing appears at an address where there is nothing.
        isMissing ? null : (
          <Button size="xs" variant="default" onClick={onRetry} loading={isRetrying}>
            {t('action.retry')}
          </Button>
        )
      }
    >
      <p>{detail}</p>
      {facts ? <p translate="no">{facts}</p> : null}
    </Notice>
  )
}
