import {
  NotificationDeliveryList,
  NotificationPreview,
  NotificationRule,
  NotificationRuleChange,
  NotificationRuleList,
} from '@guardimesh/contracts'
import { answer, noContent, problem } from '../answer.js'
import type { MockCall, MockRoute } from './mock-route.js'
import { forAdministrators } from './notifications.js'

function ofRule(handler: (call: MockCall, rule: NotificationRule) => Response) {
  return forAdministrators((call) => {
    const rule = call.db.notificationRules.find(({ ruleId }) => ruleId === call.parts[0])
    return rule ? handler(call, rule) : problem('NOTIFICATION_RULE_NOT_FOUND', 'Rule not found.')
  })
}

function ruleOf({ body, session }: MockCall, ruleId: string): NotificationRule {
  return { ...NotificationRuleChange.parse(body), ruleId, updatedAt: new Date().toISOString(), updatedBy: session?.email ?? '' }
}

const deliveriesOf = ({ db }: MockCall) => [...db.notificationDeliveries.values()].flat()

export const notificationRuleRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/notifications\/rules$/,
    forAdministrators(({ db }) =>
      answer(NotificationRuleList, { items: db.notificationRules.toSorted((a, b) => a.name.localeCompare(b.name)) }),
    ),
  ],
  [
    'POST',
    /^\/api\/notifications\/rules$/,
    forAdministrators((call) => {
      const rule = ruleOf(call, crypto.randomUUID())
      if (rule.name === 'error-500') return problem('INTERNAL', 'The rule could not be stored.')
      call.db.notificationRules.push(rule)
      return answer(NotificationRule, rule)
    }),
  ],
  [
    'POST',
    /^\/api\/notifications\/rules\/preview$/,
    forAdministrators(({ body }) => {
      const { digestMinutes } = NotificationRuleChange.parse(body)
      return answer(NotificationPreview, { messages: digestMinutes === 0 ? 12 : 3, events: 12, isComplete: true })
    }),
  ],
  [
    'PUT',
    /^\/api\/notifications\/rules\/([^/]+)$/,
    ofRule((call, before) => {
      const rule = ruleOf(call, before.ruleId)
      call.db.notificationRules.splice(call.db.notificationRules.indexOf(before), 1, rule)
      return answer(NotificationRule, rule)
    }),
  ],
  [
    'DELETE',
    /^\/api\/notifications\/rules\/([^/]+)$/,
    ofRule(({ db }, rule) => {
      db.notificationRules.splice(db.notificationRules.indexOf(rule), 1)
      return noContent()
    }),
  ],
  [
    'GET',
    /^\/api\/notifications\/deliveries$/,
    forAdministrators((call) => {
      const state = call.query.get('state')
      return answer(NotificationDeliveryList, { items: deliveriesOf(call).filter((one) => state === null || one.state === state) })
    }),
  ],
  [
    'POST',
    /^\/api\/notifications\/deliveries\/([^/]+)\/send-again$/,
    forAdministrators((call) => {
      const delivery = deliveriesOf(call).find(({ deliveryId, state }) => deliveryId === call.parts[0] && state === 'failed')
      if (!delivery) return problem('NOTIFICATION_DELIVERY_NOT_FOUND', 'No failed delivery has this id.')
      Object.assign(delivery, { state: 'waiting', nextAttemptAt: new Date().toISOString() })
      return noContent()
    }),
  ],
]
