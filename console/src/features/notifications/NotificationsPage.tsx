import type { NotificationChannel } from '@guardimesh/contracts'
import { IconBell, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isForbidden } from '../../api/errors.js'
import { channelList, deleteChannel } from '../../api/queries/notifications.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Section } from '../../ui/Section.js'
import { ChannelDialog } from './ChannelDialog.js'
import { buildChannelColumns, type OnChannelAction } from './channel-columns.js'
import { DeleteDialog } from './DeleteDialog.js'
import { DeliveriesDialog } from './DeliveriesDialog.js'
import { DeliveryLog } from './DeliveryLog.js'
import { RulesSection } from './RulesSection.js'
import { TestResult } from './TestResult.js'
import { useChannelActions } from './use-channel-actions.js'

type Open = { dialog: 'create' } | { dialog: 'edit' | 'deliveries' | 'delete'; channel: NotificationChannel }

/** Notification channels and the state of their deliveries. */
export function NotificationsPage() {
  const { t } = useTranslation()
  const channels = useQuery(channelList)
  const [open, setOpen] = useState<Open | null>(null)
  const [done, setDone] = useState<string>()
  const { test, toggle } = useChannelActions(({ name, isEnabled }) =>
    setDone(t(`notifications.done.${isEnabled ? 'enabled' : 'disabled'}`, { name })),
  )
  const failureReason = channels.error && t(isForbidden(channels.error) ? 'notifications.readOnly' : 'notifications.notLoaded')
  const createDisabledReason = channels.data ? undefined : (failureReason ?? t('state.loading'))
  const onAction: OnChannelAction = (action, channel) => {
    setDone(undefined)
    if (action === 'test') test.mutate(channel)
    else if (action === 'toggle') toggle.mutate(channel)
    else setOpen({ dialog: action, channel })
  }
  return (
    <PageFrame
      title={t('notifications.title')}
      lead={t('notifications.lead')}
      actions={
        <ActionButton
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabledReason={createDisabledReason}
          onClick={() => setOpen({ dialog: 'create' })}
        >
          {t('notifications.action.create')}
        </ActionButton>
      }
    >
      <FormSuccess text={done} />
      <FormProblem error={toggle.error} />
      <TestResult channel={test.variables} result={test.data} error={test.error} />
      <QueryState query={channels}>
        {({ items }) => (
          <>
            <Section title={t('notifications.channels')}>
              <ChannelTable items={items} onAction={onAction} testing={test.isPending ? test.variables.channelId : undefined} />
            </Section>
            <RulesSection channels={items} />
            <DeliveryLog />
          </>
        )}
      </QueryState>
      {open ? <OpenDialog open={open} onClose={() => setOpen(null)} onDone={setDone} /> : null}
    </PageFrame>
  )
}

interface ChannelTableProps {
  items: readonly NotificationChannel[]
  onAction: OnChannelAction
  testing: string | undefined
}

function ChannelTable({ items, onAction, testing }: ChannelTableProps) {
  const { t } = useTranslation()
  if (items.length === 0)
    return (
      <Notice role="status" icon={<IconBell size={28} aria-hidden />} title={t('notifications.empty.title')}>
        <p>{t('notifications.empty.text')}</p>
      </Notice>
    )
  return (
    <DataTable
      label={t('notifications.channels')}
      columns={buildChannelColumns(onAction, testing)}
      rows={items}
      rowKey={({ channelId }) => channelId}
      isFaint={({ isEnabled }) => !isEnabled}
    />
  )
}

function OpenDialog({ open, onClose, onDone }: { open: Open; onClose: () => void; onDone: (text: string) => void }) {
  const { t } = useTranslation()
  if (open.dialog === 'create')
    return <ChannelDialog channel={undefined} onClose={onClose} onSaved={({ name }) => onDone(t('notifications.done.created', { name }))} />
  const { channel } = open
  if (open.dialog === 'edit')
    return <ChannelDialog channel={channel} onClose={onClose} onSaved={({ name }) => onDone(t('notifications.done.changed', { name }))} />
  if (open.dialog === 'deliveries') return <DeliveriesDialog channel={channel} onClose={onClose} />
  return (
    <DeleteDialog
      title={t('notifications.delete.title', { name: channel.name })}
      text={t('notifications.delete.text')}
      confirmLabel={t('notifications.delete.confirm')}
      remove={() => deleteChannel(channel.channelId)}
      onClose={onClose}
      onDeleted={() => onDone(t('notifications.done.deleted', { name: channel.name }))}
    />
  )
}
