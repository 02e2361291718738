import { type NotificationRule } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../../platform/database/database.js'
import { digestAlert } from './digest-alert.js'
import { EVENTS_MAX, EventRepository, type IncidentEvent, messageEventOf, type OtherEvent } from './event.repository.js'
import { escalationAlert } from './incident-alert.js'
import { IncidentDetailsRepository } from './incident-details.repository.js'
import { type CollectedMessage, PlanRepository, type QueuedMessage, type ResolvedAlert } from './plan.repository.js'
import { type Plan, planDeliveries } from './plan-deliveries.js'
import { planResolutions } from './plan-resolutions.js'
import { RuleRepository } from './rule.repository.js'

/** Transactions per poll. */
const ROUNDS_MAX = 20

type QueuedEvent = IncidentEvent | OtherEvent

/** Queues messages about events, for the worker: applies rules, and sends digests and escalations that are due. */
@Injectable()
export class DeliveryPlannerService {
  constructor(
    private readonly database: Database,
    private readonly events: EventRepository,
    private readonly rules: RuleRepository,
    private readonly plans: PlanRepository,
    private readonly details: IncidentDetailsRepository,
  ) {}

  /**
   * Plans all events so far. Events are marked as planned in the transaction that queues their messages, and one worker at a time does it, so each
   * event is planned once.
   *
   * @throws GuardError DATABASE_UNAVAILABLE.
   */
  async plan(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const hasMore = await this.database.transaction(async (tx) => {
        const [lock] = await tx.query<{ isLocked: boolean; now: Date }>(
          'SELECT pg_try_advisory_xact_lock($1) AS "isLocked", now() AS now',
          [ADVISORY_LOCKS.planDeliveries],
        )
        return lock?.isLocked ? this.#planNext(tx, lock.now) : false
      })
      if (!hasMore) return
    }
  }

  /** Returns true if there may be more events. */
  async #planNext(tx: Queryable, now: Date): Promise<boolean> {
    const incidentEvents = await this.events.takeIncidentEvents(tx)
    const otherEvents = await this.events.takeOtherEvents(tx)
    if (incidentEvents.length + otherEvents.length > 0) await this.#queue(tx, incidentEvents, otherEvents, now)
    await this.plans.escalate(tx)
    await this.#sendDigests(tx)
    return incidentEvents.length === EVENTS_MAX || otherEvents.length === EVENTS_MAX
  }

  async #queue(tx: Queryable, incidentEvents: readonly IncidentEvent[], otherEvents: readonly OtherEvent[], now: Date): Promise<void> {
    const rules = (await this.rules.list(tx)).filter(({ isEnabled }) => isEnabled)
    const events: QueuedEvent[] = [...incidentEvents, ...otherEvents.filter(({ isCleared }) => !isCleared)]
    const cooling = rules.filter(({ coolDownMinutes }) => coolDownMinutes > 0).map(({ ruleId }) => ruleId)
    const memory = await this.plans.memoryOf(tx, cooling, [...new Set(events.map(({ topic }) => topic))])
    const plans = planDeliveries(events, rules, memory, () => now)
    await this.plans.queue(tx, await this.#messagesOf(tx, plans, rules))
    const resolved = otherEvents.filter(({ isCleared }) => isCleared).flatMap(resolvedAlert)
    if (resolved.length === 0) return
    await this.plans.queueResolutions(tx, planResolutions(resolved, await this.plans.recipientsOf(tx, resolved), rules, now))
    await this.plans.supersede(tx, resolved)
  }

  async #messagesOf(tx: Queryable, plans: readonly Plan<QueuedEvent>[], rules: readonly NotificationRule[]): Promise<QueuedMessage[]> {
    const incidentEvents = new Set(plans.flatMap(({ event }) => (event.incidentId === null ? [] : [event])))
    const alerts = await this.details.alertsOf(tx, [...incidentEvents])
    const minutes = new Map(rules.map(({ ruleId, escalation }) => [ruleId, escalation?.afterMinutes ?? 0]))
    return plans.flatMap((plan) => {
      const { event, ...message } = plan
      const isEscalation = plan.state === 'unacknowledged'
      const alert = event.incidentId === null ? event.alert : alerts.get(event.eventId)
      if (!alert) return []
      return [
        {
          ...message,
          event: event.incidentId === null ? messageEventOf(event) : 'malware_detected',
          eventKey: isEscalation ? `escalation/${event.eventKey}` : event.eventKey,
          topic: event.topic,
          incidentId: event.incidentId,
          alertId: event.incidentId === null ? event.alertId : null,
          alert: isEscalation ? escalationAlert(alert, minutes.get(plan.ruleId) ?? 0) : alert,
        },
      ]
    })
  }

  async #sendDigests(tx: Queryable): Promise<void> {
    const due = await this.plans.dueForDigest(tx)
    if (due.length === 0) return
    const names = new Map((await this.rules.list(tx)).map(({ ruleId, name }) => [ruleId, name]))
    for (const items of Map.groupBy(due, ({ channelId, ruleId }) => `${channelId} ${ruleId}`).values())
      await this.#sendDigest(tx, items, names)
  }

  /** A digest of one message is that message. */
  async #sendDigest(tx: Queryable, items: readonly CollectedMessage[], names: ReadonlyMap<string, string>): Promise<void> {
    const [first, second] = items
    if (!first) return
    if (!second) return this.plans.release(tx, [first.deliveryId])
    const alerts = items.map(({ alert }) => alert)
    await this.plans.queueDigest(tx, items, digestAlert(names.get(first.ruleId) ?? '', alerts))
  }
}

function resolvedAlert(event: OtherEvent): ResolvedAlert[] {
  if (event.alertId === null) return []
  const raisedEvent = messageEventOf({ ...event, isCleared: false })
  return [{ alertId: event.alertId, raisedEvent, event: messageEventOf(event), alert: event.alert }]
}
