import type { NotificationChannelKind } from '@guardimesh/contracts'
import { alertmanagerDriver } from './alertmanager.js'
import type { ChannelDriver } from './channel-driver.js'
import { elasticsearchDriver } from './elasticsearch.js'
import { emailDriver } from './email.js'
import { jiraDriver } from './jira.js'
import { otlpDriver } from './otlp.js'
import { pagerdutyDriver } from './pagerduty.js'
import { servicenowDriver } from './servicenow.js'
import { slackDriver } from './slack.js'
import { splunkDriver } from './splunk.js'
import { syslogDriver } from './syslog.js'
import { teamsDriver } from './teams.js'
import { webhookDriver } from './webhook.js'

/** The driver of each kind. It gets the settings of its kind, which were validated when they were stored. */
export const DRIVERS: Readonly<Record<NotificationChannelKind, ChannelDriver<never>>> = {
  webhook: webhookDriver,
  email: emailDriver,
  syslog: syslogDriver,
  slack: slackDriver,
  teams: teamsDriver,
  pagerduty: pagerdutyDriver,
  alertmanager: alertmanagerDriver,
  jira: jiraDriver,
  servicenow: servicenowDriver,
  splunk: splunkDriver,
  elasticsearch: elasticsearchDriver,
  otlp: otlpDriver,
}
