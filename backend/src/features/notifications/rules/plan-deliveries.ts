import { MINUTE_MS, type NotificationRuleChange, SEVERITIES, type SeverityName } from '@guardimesh/contracts'
import { type EventFacts, matchesSelection } from './matches-selection.js'
import { quietUntil } from './quiet-hours.js'

/** Messages to one channel about events of one moment; further events wait for a digest. A scan can find thousands of malwares. */
export const MESSAGES_MAX = 20
/** A container is not watched in the first moments after its start; the alert is usually resolved before its message is due. */
const SETTLE_MINUTES = 5

/** The part of a rule that defines what happens to an event. */
export interface PlannedRule
  extends Pick<NotificationRuleChange, 'channelId' | 'selection' | 'digestMinutes' | 'quietHours' | 'coolDownMinutes' | 'escalation'> {
  readonly ruleId: string
}

/** An event to plan. */
export interface PlannedEvent extends EventFacts {
  readonly eventKey: string
  /** Incident, or kind and subject: the cool-down applies to events with the same topic. */
  readonly topic: string
  /** null: the event belongs to no incident. */
  readonly incidentId: number | null
  /** True for an alert, which stays open until it is resolved and raises no further event until then. */
  readonly isAlert: boolean
  readonly occurredAt: Date
}

/** A message to a channel, as it is queued. */
export interface Plan<Event extends PlannedEvent = PlannedEvent> {
  readonly event: Event
  readonly ruleId: string
  readonly channelId: string
  readonly state: 'waiting' | 'collected' | 'suppressed' | 'unacknowledged'
  /** Time of the message, of its digest, or of the escalation. */
  readonly dueAt: Date
}

interface LastMessage {
  readonly at: Date
  readonly severity: SeverityName
}

/** The last message of each rule and topic. */
export class MessageMemory {
  readonly #last = new Map<string, LastMessage>()

  /** Remembers a message, unless a later one is known. */
  record(ruleId: string, topic: string, message: LastMessage): void {
    const known = this.last(ruleId, topic)
    if (!known || known.at <= message.at) this.#last.set(JSON.stringify([ruleId, topic]), message)
  }

  last(ruleId: string, topic: string): LastMessage | undefined {
    return this.#last.get(JSON.stringify([ruleId, topic]))
  }
}

/**
 * Applies rules to events: at most one message per event and channel, also if several rules of the channel select the event; the earliest one.
 * Pure, except that it records the messages in `memory`.
 *
 * @param timeOf the time at which an event is planned.
 */
export function planDeliveries<Event extends PlannedEvent>(
  events: readonly Event[],
  rules: readonly PlannedRule[],
  memory: MessageMemory,
  timeOf: (event: Event) => Date,
): Plan<Event>[] {
  const immediate = new Map<string, number>()
  return events.toSorted(compareEvents).flatMap((event) => {
    const now = timeOf(event)
    const matching = rules.filter(({ selection }) => matchesSelection(selection, event))
    const byChannel = Map.groupBy(matching, ({ channelId }) => channelId)
    const messages = [...byChannel.values()].map((ofChannel) => {
      const [first, ...others] = ofChannel.map((rule) => planOf(event, rule, memory, now))
      const plan = others.reduce((best, one) => (isEarlier(one, best) ? one : best), first as Plan<Event>)
      return limited(plan, immediate)
    })
    for (const { state, ruleId } of messages)
      if (state !== 'suppressed') memory.record(ruleId, event.topic, { at: now, severity: event.severity })
    return [...messages, ...escalationsOf(event, matching, messages, now)]
  })
}

/** Of one moment, the most severe first. */
function compareEvents(a: PlannedEvent, b: PlannedEvent): number {
  return a.occurredAt.getTime() - b.occurredAt.getTime() || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
}

function planOf<Event extends PlannedEvent>(event: Event, rule: PlannedRule, memory: MessageMemory, now: Date): Plan<Event> {
  const { ruleId, channelId } = rule
  const plan = { event, ruleId, channelId }
  const coolUntil = coolDownEnd(event, rule, memory, now)
  // An alert is delayed, because it raises no further event while it is open; it is superseded if it is resolved meanwhile.
  if (coolUntil && !event.isAlert) return { ...plan, state: 'suppressed', dueAt: now }
  const isUrgent = event.severity === 'critical'
  const settleMinutes = event.kind === 'containers-not-watched' ? SETTLE_MINUTES : 0
  return { ...plan, ...scheduleOf(rule, coolUntil ?? now, { isUrgent, settleMinutes }) }
}

/** Returns when a rule sends a message that could be sent at `from`. @param isUrgent the message may pass the quiet hours. Pure. */
export function scheduleOf(
  { quietHours, digestMinutes }: Pick<PlannedRule, 'quietHours' | 'digestMinutes'>,
  from: Date,
  { isUrgent, settleMinutes }: { readonly isUrgent: boolean; readonly settleMinutes: number },
): { readonly state: 'waiting' | 'collected'; readonly dueAt: Date } {
  const quiet = quietHours && !(quietHours.passCritical && isUrgent) && quietUntil(quietHours, from)
  if (quiet) return { state: 'collected', dueAt: quiet }
  if (digestMinutes === 0) return { state: 'waiting', dueAt: new Date(from.getTime() + settleMinutes * MINUTE_MS) }
  const intervalMs = digestMinutes * MINUTE_MS
  return { state: 'collected', dueAt: new Date((Math.floor(from.getTime() / intervalMs) + 1) * intervalMs) }
}

/** Returns the end of the cool-down; undefined outside of it. A higher severity than that of the last message always passes. */
function coolDownEnd(
  { topic, severity }: PlannedEvent,
  { ruleId, coolDownMinutes }: PlannedRule,
  memory: MessageMemory,
  now: Date,
): Date | undefined {
  const last = memory.last(ruleId, topic)
  if (!last || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(last.severity)) return undefined
  const end = new Date(last.at.getTime() + coolDownMinutes * MINUTE_MS)
  return end > now ? end : undefined
}

function isEarlier(a: Plan, b: Plan): boolean {
  if (a.state === 'suppressed' || b.state === 'suppressed') return b.state === 'suppressed' && a.state !== 'suppressed'
  return a.dueAt < b.dueAt
}

/** @param immediate messages by channel and moment. */
function limited<Event extends PlannedEvent>(plan: Plan<Event>, immediate: Map<string, number>): Plan<Event> {
  if (plan.state !== 'waiting') return plan
  const key = `${plan.channelId} ${plan.event.occurredAt.getTime()}`
  const count = (immediate.get(key) ?? 0) + 1
  immediate.set(key, count)
  return count <= MESSAGES_MAX ? plan : { ...plan, state: 'collected' }
}

/** A channel that gets the event itself needs no escalation of it. The cool-down does not apply: an incident may be reopened during it. */
function escalationsOf<Event extends PlannedEvent>(
  event: Event,
  matching: readonly PlannedRule[],
  messages: readonly Plan[],
  now: Date,
): Plan<Event>[] {
  if (event.incidentId === null) return []
  const notified = new Set(messages.filter(({ state }) => state === 'waiting').map(({ channelId }) => channelId))
  return matching.flatMap(({ ruleId, escalation }) => {
    if (!escalation || notified.has(escalation.channelId)) return []
    notified.add(escalation.channelId)
    const dueAt = new Date(now.getTime() + escalation.afterMinutes * MINUTE_MS)
    return [{ event, ruleId, channelId: escalation.channelId, state: 'unacknowledged', dueAt }]
  })
}
