import { SECOND_MS } from '@guardimesh/contracts'
import type { ChannelSettings } from './channel-driver.js'
import { httpDriver, pathBelow } from './http-driver.js'
import { logRecord } from './log-record.js'

/** Sends one event per message to an HTTP Event Collector. */
export const splunkDriver = httpDriver<ChannelSettings<'splunk'>>(({ message, settings, secrets }) => ({
  url: pathBelow(settings.url, 'services/collector/event'),
  headers: { authorization: `Splunk ${secrets.secret ?? ''}` },
  body: {
    time: message.createdAt.getTime() / SECOND_MS,
    source: 'guardimesh',
    sourcetype: `guardimesh:${message.event}`,
    ...(settings.index === '' ? {} : { index: settings.index }),
    event: logRecord(message),
    fields: { delivery_id: message.deliveryId },
  },
}))
