import type { NotificationChannel, NotificationDelivery, SignatureAlertKind } from '@guardimesh/contracts'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { deliveryList } from '../../api/queries/notifications.js'
import { type Column, DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { formatDuration } from '../../ui/format-time.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { DELIVERY_TONE } from './delivery-tone.js'

interface CellProps {
  delivery: NotificationDelivery
}

function WhatCell({ delivery: { event, alertKind, message } }: CellProps) {
  const { t } = useTranslation()
  return (
    <>
      <b>{t(`notifications.delivery.event.${event}`)}</b>
      {event === 'test' ? null : `: ${t(`signatures.alert.kind.${alertKind as SignatureAlertKind}`)}`}
      <Second>{message}</Second>
    </>
  )
}

function OutcomeCell({ delivery: { state, nextAttemptAt, error } }: CellProps) {
  const { t } = useTranslation()
  return (
    <>
      <StateBadge tone={DELIVERY_TONE[state]} text={t(`notifications.delivery.state.${state}`)} />
      {error === '' ? null : <Second>{error}</Second>}
      {nextAttemptAt === null ? null : (
        <Second>
          {t('notifications.delivery.next')} <RelativeTime at={nextAttemptAt} />
        </Second>
      )}
    </>
  )
}

function AnswerCell({ delivery: { statusCode, durationMs } }: CellProps) {
  const { t } = useTranslation()
  if (durationMs === null) return null
  const duration = formatDuration(durationMs)
  return statusCode === null
    ? t('notifications.delivery.noAnswer', { duration })
    : t('notifications.delivery.answered', { status: statusCode, duration })
}

const columns: readonly Column<NotificationDelivery>[] = [
  { header: 'what', width: '40%', cell: (delivery) => <WhatCell delivery={delivery} /> },
  { header: 'outcome', cell: (delivery) => <OutcomeCell delivery={delivery} /> },
  { header: 'answer', width: '120px', cell: (delivery) => <AnswerCell delivery={delivery} /> },
  { header: 'attempts', width: '80px', isNumber: true, cell: ({ attempts }) => attempts },
  { header: 'created', width: '100px', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
]

/** What a channel was told, latest first. */
export function DeliveriesDialog({ channel, onClose }: { channel: NotificationChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const deliveries = useQuery(deliveryList(channel.channelId))
  return (
    <Modal
      opened
      onClose={onClose}
      size="70rem"
      title={t('notifications.delivery.title', { name: channel.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <QueryState query={deliveries}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{t('notifications.delivery.none')}</p>
          ) : (
            <DataTable
              label={t('notifications.delivery.table')}
              columns={columns}
              rows={items}
              rowKey={({ deliveryId }) => deliveryId}
              isFaint={({ state }) => state === 'superseded'}
            />
          )
        }
      </QueryState>
    </Modal>
  )
}
