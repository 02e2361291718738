import type { NotificationDelivery } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { formatDuration } from '../../ui/format-time.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { DELIVERY_TONE } from './delivery-tone.js'
import { useEventText } from './use-event-text.js'

/** True for a message that will not be sent. */
export const isUnsent = ({ state }: NotificationDelivery) => state === 'superseded' || state === 'suppressed'

interface CellProps {
  delivery: NotificationDelivery
}

function MessageCell({ delivery: { event, alertKind, message } }: CellProps) {
  const { t } = useTranslation()
  const eventText = useEventText()
  return (
    <>
      <b>{t(`notifications.delivery.event.${event}`)}</b>
      {event === 'test' || event === 'digest' ? null : `: ${eventText(alertKind)}`}
      <SecondLine>{message}</SecondLine>
    </>
  )
}

function ResultCell({ delivery: { state, nextAttemptAt, error } }: CellProps) {
  const { t } = useTranslation()
  return (
    <>
      <StateBadge tone={DELIVERY_TONE[state]} text={t(`notifications.delivery.state.${state}`)} />
      {error === '' ? null : <SecondLine>{error}</SecondLine>}
      {nextAttemptAt === null ? null : (
        <SecondLine>
          {t('notifications.delivery.next')} <RelativeTime at={nextAttemptAt} />
        </SecondLine>
      )}
    </>
  )
}

function ResponseCell({ delivery: { state, statusCode, durationMs } }: CellProps) {
  const { t } = useTranslation()
  if (durationMs === null) return null
  const duration = formatDuration(durationMs)
  if (state === 'delivered' && statusCode === null) return t('notifications.delivery.accepted', { duration })
  return statusCode === null
    ? t('notifications.delivery.noResponse', { duration })
    : t('notifications.delivery.response', { status: statusCode, duration })
}

export const deliveryColumns: readonly Column<NotificationDelivery>[] = [
  { header: 'message', width: '35%', cell: (delivery) => <MessageCell delivery={delivery} /> },
  { header: 'result', cell: (delivery) => <ResultCell delivery={delivery} /> },
  { header: 'response', width: '120px', cell: (delivery) => <ResponseCell delivery={delivery} /> },
  { header: 'attempts', width: '80px', isNumber: true, cell: ({ attempts }) => attempts },
  { header: 'created', width: '100px', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
]
