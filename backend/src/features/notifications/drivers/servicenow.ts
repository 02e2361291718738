import type { ChannelSettings } from './channel-driver.js'
import { describeMessage, type MessageText, plainText } from './describe-message.js'
import { basicAuthorization, httpDriver, pathBelow } from './http-driver.js'

/** Urgency and impact: 1 is the highest, 3 the lowest. */
const URGENCY: Readonly<Record<MessageText['severity'], string>> = {
  critical: '1',
  high: '2',
  medium: '2',
  warning: '2',
  low: '3',
  info: '3',
}
const SHORT_DESCRIPTION_MAX_LENGTH = 160

/** Inserts one record per message through the Table API. `correlation_id` is the key of the message. */
export const servicenowDriver = httpDriver<ChannelSettings<'servicenow'>>(({ message, settings, secrets }) => {
  const described = describeMessage(message)
  return {
    url: pathBelow(settings.url, `api/now/table/${settings.table}`),
    headers: { accept: 'application/json', authorization: basicAuthorization(settings.username, secrets.secret ?? '') },
    body: {
      short_description: described.title.slice(0, SHORT_DESCRIPTION_MAX_LENGTH),
      description: plainText(described),
      urgency: URGENCY[described.severity],
      impact: URGENCY[described.severity],
      correlation_id: message.deliveryId,
      correlation_display: 'Guardimesh',
    },
  }
})
