import type { NotificationChannel, NotificationTestResult } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../table/FailureNotice.js'
import { Callout } from '../../ui/Callout.js'

/** A test message and its result, if any. */
export interface RunningTest {
  channel: NotificationChannel | undefined
  result: NotificationTestResult | undefined
  error: Error | null
}

/** Result of a test message; renders nothing before the first test. */
export function TestResult({ channel, result, error }: RunningTest) {
  const { t } = useTranslation()
  if (!channel) return null
  const { name } = channel
  if (error) return <TestFailure error={error} />
  if (!result)
    return (
      <Callout role="status" tone="calm">
        {t('notifications.test.running', { name })}
      </Callout>
    )
  return result.isDelivered ? (
    <Callout role="status" tone="calm" title={t('notifications.test.delivered', { name })}>
      {result.message}
    </Callout>
  ) : (
    <Callout role="alert" tone="bad" title={t('notifications.test.failed', { name })}>
      {result.message}
    </Callout>
  )
}

function TestFailure({ error }: { error: Error }) {
  const { title, detail } = useFailureText(error)
  return (
    <Callout role="alert" tone="bad" title={title}>
      {detail}
    </Callout>
  )
}
