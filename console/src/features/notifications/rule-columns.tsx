import { NOTIFICATION_EVENT_KINDS, type NotificationChannel, type NotificationRule } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './notifications.module.css'
import { useEventText } from './use-event-text.js'

type OnRuleAction = (action: 'edit' | 'delete', rule: NotificationRule) => void

/** Kinds of events that a row lists; the others are counted. */
const EVENTS_MAX = 4

interface CellProps {
  rule: NotificationRule
}

function EventsCell({ rule: { selection } }: CellProps) {
  const { t } = useTranslation()
  const eventText = useEventText()
  const { minSeverity, clusters, namespaces, signatures, sources, actions } = selection
  const kinds = NOTIFICATION_EVENT_KINDS.filter((kind) => selection.events.includes(kind))
  const further = kinds.length > EVENTS_MAX ? ` +${kinds.length - EVENTS_MAX}` : ''
  const filters = [
    ...(minSeverity === 'info' ? [] : [t('notifications.rule.fromSeverity', { severity: t(`severity.${minSeverity}`) })]),
    ...[...clusters, ...namespaces, ...signatures, ...actions],
    ...sources.map((source) => t(`source.${source}.name`)),
  ]
  return (
    <>
      {kinds.slice(0, EVENTS_MAX).map(eventText).join(', ')}
      {further}
      {filters.length === 0 ? null : <SecondLine>{filters.join(' · ')}</SecondLine>}
    </>
  )
}

function DeliveryCell({ rule, channelName }: CellProps & { channelName: (channelId: string) => string }) {
  const { t } = useTranslation()
  const { digestMinutes, quietHours, coolDownMinutes, escalation } = rule
  const lines = [
    ...(digestMinutes === 0 ? [] : [t('notifications.rule.delivery.digest', { minutes: digestMinutes })]),
    ...(quietHours ? [t('notifications.rule.delivery.quiet', { ...quietHours })] : []),
    ...(coolDownMinutes === 0 ? [] : [t('notifications.rule.delivery.coolDown', { minutes: coolDownMinutes })]),
    ...(escalation
      ? [
          t('notifications.rule.delivery.escalation', {
            channel: channelName(escalation.channelId),
            minutes: escalation.afterMinutes,
          }),
        ]
      : []),
  ]
  return (
    <>
      {channelName(rule.channelId)}
      {lines.map((line) => (
        <SecondLine key={line}>{line}</SecondLine>
      ))}
    </>
  )
}

function StateCell({ rule: { isEnabled } }: CellProps) {
  const { t } = useTranslation()
  return <StateBadge tone={isEnabled ? 'good' : 'quiet'} text={t(`notifications.state.${isEnabled ? 'enabled' : 'disabled'}`)} />
}

function ActionsCell({ rule, onAction }: CellProps & { onAction: OnRuleAction }) {
  const { t } = useTranslation()
  const { name } = rule
  return (
    <div className={classes.actions}>
      {(['edit', 'delete'] as const).map((action) => (
        <Button
          key={action}
          size="compact-xs"
          variant="default"
          aria-label={t(`notifications.rule.${action}Label`, { name })}
          onClick={() => onAction(action, rule)}
        >
          {t(`notifications.rule.${action}Action`)}
        </Button>
      ))}
    </div>
  )
}

export function buildRuleColumns(channels: readonly NotificationChannel[], onAction: OnRuleAction): readonly Column<NotificationRule>[] {
  const names = new Map(channels.map(({ channelId, name }) => [channelId, name]))
  const channelName = (channelId: string) => names.get(channelId) ?? channelId
  return [
    { header: 'rule', width: '18%', cell: ({ name }) => <b>{name}</b> },
    { header: 'events', cell: (rule) => <EventsCell rule={rule} /> },
    { header: 'delivery', width: '28%', cell: (rule) => <DeliveryCell rule={rule} channelName={channelName} /> },
    { header: 'state', width: '100px', cell: (rule) => <StateCell rule={rule} /> },
    { header: 'actions', width: '120px', cell: (rule) => <ActionsCell rule={rule} onAction={onAction} /> },
  ]
}
