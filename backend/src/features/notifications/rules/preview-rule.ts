import type { NotificationPreview, NotificationRuleChange } from '@guardimesh/contracts'
import type { IncidentEvent, OtherEvent } from './event.repository.js'
import { matchesSelection } from './matches-selection.js'
import { MessageMemory, planDeliveries } from './plan-deliveries.js'

type PreviewEvent = IncidentEvent | OtherEvent

/** Counts the messages that a rule would have sent, as if each event was planned when it occurred. Pure. @param events oldest first. */
export function previewRule(change: NotificationRuleChange, events: readonly PreviewEvent[]): Omit<NotificationPreview, 'isComplete'> {
  const rule = { ...change, ruleId: '', escalation: null }
  const occurred = events.filter((event) => !isCleared(event))
  const plans = planDeliveries(occurred, [rule], new MessageMemory(), ({ occurredAt }) => occurredAt)
  const withState = (state: string) => plans.filter((plan) => plan.state === state)
  const digests = new Set(withState('collected').map(({ dueAt }) => dueAt.getTime()))
  const resolved = change.sendResolved ? events.filter((event) => isCleared(event) && matchesSelection(change.selection, event)) : []
  return { messages: withState('waiting').length + digests.size + resolved.length, events: plans.length }
}

function isCleared(event: PreviewEvent): boolean {
  return event.incidentId === null && event.isCleared
}
