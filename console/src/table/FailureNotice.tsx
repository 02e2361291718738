import { Button } from '@mantine/core'
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError, ApiUnusable, isForbidden } from '../api/errors.js'
import { Notice } from '../ui/Notice.js'

/** Words for a failure. `facts` is what a person gives to support. */
export function useFailureText(error: Error): { title: string; detail: string; facts: string | undefined } {
  const { t } = useTranslation()
  if (error instanceof ApiError) {
    const { title, detail, code, requestId } = error.problem
    const facts = requestId === undefined ? code : t('error.facts', { code, requestId })
    return { title: isForbidden(error) ? t('error.forbidden') : title, detail: asSentence(detail), facts }
  }
  if (error instanceof ApiUnusable)
    return { title: t(`error.${error.kind}.title`), detail: t(`error.${error.kind}.detail`), facts: undefined }
  return { title: t('error.console'), detail: error.message, facts: undefined }
}

/** The backend's details begin in lower case, since they also stand in logs. */
const asSentence = (detail: string) => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}`

/** A failure in the place of the data, with what to do about it. */
export function FailureNotice({ error, onRetry, isRetrying }: { error: Error; onRetry: () => void; isRetrying: boolean }) {
  const { t } = useTranslation()
  const { title, detail, facts } = useFailureText(error)
  const Icon = isForbidden(error) ? IconLock : IconPlugConnectedX
  return (
    <Notice
      role="alert"
      icon={<Icon size={28} aria-hidden />}
      title={title}
      actions={
        <Button size="xs" variant="default" onClick={onRetry} loading={isRetrying}>
          {t('action.retry')}
        </Button>
      }
    >
      <p>{detail}</p>
      {facts ? <p translate="no">{facts}</p> : null}
    </Notice>
  )
}
