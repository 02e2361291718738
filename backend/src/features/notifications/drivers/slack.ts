import type { ChannelSettings } from './channel-driver.js'
import { describeMessage } from './describe-message.js'
import { httpDriver } from './http-driver.js'

/** Limit of a section's text. Source: Slack, Block Kit reference. */
const TEXT_MAX_LENGTH = 3000

/** Sends Block Kit messages to an incoming webhook. Its address is the secret of the channel. */
export const slackDriver = httpDriver<ChannelSettings<'slack'>>(({ message, secrets }) => {
  const described = describeMessage(message)
  const facts = described.facts.map(([name, value]) => `*${escapeMarkup(name)}:* ${escapeMarkup(value)}`).join('\n')
  const sections = [escapeMarkup(described.text), facts].filter((text) => text !== '')
  return {
    url: new URL(secrets.secret ?? ''),
    body: {
      // Shown in notifications, which do not render blocks.
      text: escapeMarkup(described.title),
      blocks: [
        section(`*${escapeMarkup(described.title)}*`),
        ...sections.map(section),
        { type: 'context', elements: [{ type: 'mrkdwn', text: `Guardimesh · ${message.deliveryId}` }] },
      ],
    },
  }
})

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text: text.slice(0, TEXT_MAX_LENGTH) } }
}

/** Names of files and pods must not become links or mentions. Source: Slack, "Formatting text for app surfaces". */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
