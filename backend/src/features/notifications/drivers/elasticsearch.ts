import type { ChannelSettings } from './channel-driver.js'
import { httpDriver, pathBelow } from './http-driver.js'
import { logRecord } from './log-record.js'

const CONFLICT = 409

/** Creates one document per message. Its id is the key of the message, so a repeated message is a conflict, which means that it is stored. */
export const elasticsearchDriver = httpDriver<ChannelSettings<'elasticsearch'>>(
  ({ message, settings, secrets }) => ({
    url: pathBelow(settings.url, `${settings.index}/_create/${message.deliveryId}`),
    method: 'PUT',
    headers: secrets.secret === null ? {} : { authorization: `ApiKey ${secrets.secret}` },
    body: { '@timestamp': message.createdAt.toISOString(), ...logRecord(message) },
  }),
  { repeatedStatuses: [CONFLICT] },
)
