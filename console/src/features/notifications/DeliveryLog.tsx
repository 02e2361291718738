import type { NotificationDelivery } from '@guardimesh/contracts'
import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deliveryLog, notificationsKey, sendAgain } from '../../api/queries/notifications.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { type Column, DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { Section } from '../../ui/Section.js'
import { deliveryColumns, isUnsent } from './delivery-columns.js'
import classes from './notifications.module.css'

const FILTERS = ['all', 'failed'] as const

interface SendAgainProps {
  delivery: NotificationDelivery
  isPending: boolean
  onSend: (deliveryId: string) => void
}

/** A failed test is repeated with the Test button. */
function SendAgainButton({ delivery: { deliveryId, state, event, message }, isPending, onSend }: SendAgainProps) {
  const { t } = useTranslation()
  if (state !== 'failed' || event === 'test') return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t('notifications.delivery.sendAgainLabel', { message })}
      loading={isPending}
      onClick={() => onSend(deliveryId)}
    >
      {t('notifications.delivery.sendAgain')}
    </Button>
  )
}

/** Deliveries to all channels. Failed ones can be sent again. */
export function DeliveryLog() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [filter, setFilter] = useState<string>('all')
  const deliveries = useQuery(deliveryLog(filter === 'failed'))
  const send = useMutation({ mutationFn: sendAgain, onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }) })
  const columns: readonly Column<NotificationDelivery>[] = [
    { header: 'channel', width: '120px', cell: ({ channelName }) => channelName },
    ...deliveryColumns,
    {
      header: 'actions',
      width: '100px',
      cell: (delivery) => (
        <SendAgainButton delivery={delivery} isPending={send.isPending && send.variables === delivery.deliveryId} onSend={send.mutate} />
      ),
    },
  ]
  return (
    <Section title={t('notifications.delivery.log')}>
      <SegmentedControl
        size="xs"
        className={classes.start}
        aria-label={t('notifications.delivery.filter.label')}
        data={FILTERS.map((value) => ({ value, label: t(`notifications.delivery.filter.${value}`) }))}
        value={filter}
        onChange={setFilter}
      />
      <FormProblem error={send.error} />
      <FormSuccess text={send.isSuccess ? t('notifications.delivery.sentAgain') : undefined} />
      <QueryState query={deliveries}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{t('notifications.delivery.empty')}</p>
          ) : (
            <DataTable
              label={t('notifications.delivery.log')}
              columns={columns}
              rows={items}
              rowKey={({ deliveryId }) => deliveryId}
              isFaint={isUnsent}
            />
          )
        }
      </QueryState>
    </Section>
  )
}
