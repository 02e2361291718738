import type { ChannelSettings } from './channel-driver.js'
import { describeMessage, plainText } from './describe-message.js'
import { basicAuthorization, httpDriver, pathBelow } from './http-driver.js'

const SUMMARY_MAX_LENGTH = 255

/** Creates one issue per message through the REST API v2, of Jira Cloud and Jira Data Center. */
export const jiraDriver = httpDriver<ChannelSettings<'jira'>>(({ message, settings, secrets }) => {
  const described = describeMessage(message)
  const token = secrets.secret ?? ''
  const labels = ['guardimesh', `guardimesh-${message.deliveryId}`]
  return {
    url: pathBelow(settings.url, 'rest/api/2/issue'),
    headers: { authorization: settings.username === '' ? `Bearer ${token}` : basicAuthorization(settings.username, token) },
    body: {
      fields: {
        project: { key: settings.project },
        issuetype: { name: settings.issueType },
        summary: described.title.slice(0, SUMMARY_MAX_LENGTH),
        // Without this macro, names of files could become links, mentions and images.
        description: `{noformat}\n${plainText(described).replaceAll('{noformat}', '{ noformat }')}\n{noformat}`,
        labels: described.correlationId === '' ? labels : [...labels, `guardimesh-${described.correlationId}`],
      },
    },
  }
})
