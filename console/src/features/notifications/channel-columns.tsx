import { type NotificationChannel, targetViewOf } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { DELIVERY_TONE } from './delivery-tone.js'
import classes from './notifications.module.css'

/** Actions for a channel. */
export const CHANNEL_ACTIONS = ['test', 'edit', 'deliveries', 'toggle', 'delete'] as const
export type ChannelAction = (typeof CHANNEL_ACTIONS)[number]
export type OnChannelAction = (action: ChannelAction, channel: NotificationChannel) => void

interface CellProps {
  channel: NotificationChannel
}

function NameCell({ channel }: CellProps) {
  const { t } = useTranslation()
  return (
    <>
      <b>{channel.name}</b>
      <SecondLine>
        {t(`notifications.kind.${channel.kind}`)} · <Mono text={addressOf(channel)} />
      </SecondLine>
    </>
  )
}

/** Of a URL, only the host is shown: the path may be long or confidential. */
function addressOf(channel: NotificationChannel): string {
  const { url, host = '', port } = targetViewOf(channel)
  if (url !== undefined) return URL.canParse(url) ? new URL(url).host : url
  return port === undefined ? host : `${host}:${port}`
}

function StateCell({ channel }: CellProps) {
  const { t } = useTranslation()
  const { isEnabled } = channel
  return (
    <>
      <StateBadge tone={isEnabled ? 'good' : 'quiet'} text={t(`notifications.state.${isEnabled ? 'enabled' : 'disabled'}`)} />
      {targetViewOf(channel).hasUnreadableSecrets ? <StateBadge tone="bad" text={t('notifications.unreadable.title')} /> : null}
    </>
  )
}

function LastDeliveryCell({ channel: { lastDelivery } }: CellProps) {
  const { t } = useTranslation()
  if (lastDelivery === null) return t('notifications.never')
  const { state, at, error } = lastDelivery
  return (
    <>
      <StateBadge tone={DELIVERY_TONE[state]} text={t(`notifications.delivery.state.${state}`)} />
      <SecondLine>
        <RelativeTime at={at} />
      </SecondLine>
      {error === '' ? null : <SecondLine>{error}</SecondLine>}
    </>
  )
}

function ActionsCell({ channel, onAction, isTesting }: CellProps & { onAction: OnChannelAction; isTesting: boolean }) {
  const { t } = useTranslation()
  const nameOf = (action: ChannelAction) => (action === 'toggle' ? (channel.isEnabled ? 'disable' : 'enable') : action)
  return (
    <div className={classes.actions}>
      {CHANNEL_ACTIONS.map((action) => (
        <Button
          key={action}
          size="compact-xs"
          variant="default"
          aria-label={t(`notifications.action.${nameOf(action)}Label`, { name: channel.name })}
          loading={action === 'test' && isTesting}
          onClick={() => onAction(action, channel)}
        >
          {t(`notifications.action.${nameOf(action)}`)}
        </Button>
      ))}
    </div>
  )
}

/** @param testing id of the channel that is being tested. */
export function buildChannelColumns(onAction: OnChannelAction, testing: string | undefined): readonly Column<NotificationChannel>[] {
  return [
    { header: 'channel', width: '30%', cell: (channel) => <NameCell channel={channel} /> },
    { header: 'state', width: '100px', cell: (channel) => <StateCell channel={channel} /> },
    { header: 'lastDelivery', cell: (channel) => <LastDeliveryCell channel={channel} /> },
    {
      header: 'actions',
      width: '250px',
      cell: (channel) => <ActionsCell channel={channel} onAction={onAction} isTesting={testing === channel.channelId} />,
    },
  ]
}
