import type { ChannelSettings } from './channel-driver.js'
import { describeMessage } from './describe-message.js'
import { httpDriver } from './http-driver.js'

/** Sends an adaptive card to a webhook of a workflow in Microsoft Teams. Its address is the secret of the channel. */
export const teamsDriver = httpDriver<ChannelSettings<'teams'>>(({ message, secrets }) => {
  const { title, text, facts, isResolved } = describeMessage(message)
  return {
    url: new URL(secrets.secret ?? ''),
    body: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              { type: 'TextBlock', text: escapeMarkdown(title), weight: 'bolder', wrap: true, color: isResolved ? 'good' : 'attention' },
              { type: 'TextBlock', text: escapeMarkdown(text), wrap: true },
              {
                type: 'FactSet',
                facts: [...facts, ['Message', message.deliveryId]].map(([name = '', value = '']) => ({
                  title: name,
                  value: escapeMarkdown(value),
                })),
              },
            ],
          },
        },
      ],
    },
  }
})

/** Text blocks render links and emphasis, which names of files must not produce. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]()*_~`#]/g, '\\$&')
}
