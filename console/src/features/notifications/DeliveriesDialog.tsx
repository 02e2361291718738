import type { NotificationChannel } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { deliveryList } from '../../api/queries/notifications.js'
import { Dialog } from '../../forms/Dialog.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { deliveryColumns, isUnsent } from './delivery-columns.js'

/** Deliveries of a channel, newest first. */
export function DeliveriesDialog({ channel, onClose }: { channel: NotificationChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const deliveries = useQuery(deliveryList(channel.channelId))
  return (
    <Dialog title={t('notifications.delivery.title', { name: channel.name })} size="70rem" onClose={onClose}>
      <QueryState query={deliveries}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{t('notifications.delivery.none')}</p>
          ) : (
            <DataTable
              label={t('notifications.delivery.table')}
              columns={deliveryColumns}
              rows={items}
              rowKey={({ deliveryId }) => deliveryId}
              isFaint={isUnsent}
            />
          )
        }
      </QueryState>
    </Dialog>
  )
}
