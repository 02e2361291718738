import type { NotificationSeverity, SeverityName } from '@guardimesh/contracts'
import type { Message, NotifiedIncident } from './message.js'

/** Characters of a title, so that it fits a subject or a push notification. */
const TITLE_MAX_LENGTH = 200

/** Messages of a digest that are listed; receivers limit the number of fields. */
const DIGEST_FACTS_MAX = 20

/** A message for people, independent of the markup of the receiver. */
export interface MessageText {
  readonly title: string
  readonly text: string
  readonly severity: NotificationSeverity | SeverityName
  readonly isResolved: boolean
  /** Names and values, without empty ones. */
  readonly facts: readonly (readonly [string, string])[]
  /** The same in all messages about one problem; empty for a test. */
  readonly correlationId: string
}

/** Describes a message. Pure. */
export function describeMessage(message: Message): MessageText {
  const { event, alert, alertId } = message
  const { incident, severity } = alert
  const isResolved = alert.clearedAt !== null
  const state = isResolved ? 'resolved' : severity
  const base = { severity, isResolved, text: alert.message }
  if (incident)
    return {
      ...base,
      title: shorten(`[${state}] ${titleOf(incident, alert.subject)}`),
      facts: incidentFacts(incident),
      correlationId: `incident-${incident.incidentId}`,
    }
  if (event === 'test') return { ...base, title: shorten(`Test of the channel ${alert.subject}`), facts: [], correlationId: '' }
  const facts = [
    ...digestFacts(alert.facts['items']),
    ['Alert', alert.kind],
    ['Subject', alert.subject],
    ['Raised at', alert.raisedAt],
    ['Resolved at', alert.clearedAt ?? ''],
  ] as const
  return {
    ...base,
    title: shorten(`[${state}] ${alert.message}`),
    facts: withoutEmpty(facts),
    correlationId: alertId === '' ? '' : `alert-${alertId}`,
  }
}

/** The messages of a digest. */
function digestFacts(items: string | number | readonly string[] | undefined): MessageText['facts'] {
  return Array.isArray(items) ? items.slice(0, DIGEST_FACTS_MAX).map((item, index) => [String(index + 1), item] as const) : []
}

function titleOf({ kind, namespace, podName, nodeName, clusterId }: NotifiedIncident, signatureName: string): string {
  const place = podName === '' ? `node ${nodeName}` : `${namespace}/${podName}`
  const prefix = kind === 'incident-unacknowledged' ? 'Not acknowledged: ' : ''
  return `${prefix}${signatureName} detected in ${place} (${clusterId})`
}

function incidentFacts(incident: NotifiedIncident): MessageText['facts'] {
  return withoutEmpty([
    ['Cluster', incident.clusterId],
    ['Namespace', incident.namespace],
    ['Pod', incident.podName],
    ['Container', incident.containerName],
    ['Node', incident.nodeName],
    ['Image', incident.image],
    ['File', incident.findings[0]?.path ?? ''],
    ['SHA-256', incident.sha256],
    ['Findings', String(incident.totalFindings)],
    ['Detected at', incident.detectedAt],
  ])
}

function withoutEmpty(facts: MessageText['facts']): MessageText['facts'] {
  return facts.filter(([, value]) => value !== '')
}

function shorten(title: string): string {
  return title.length <= TITLE_MAX_LENGTH ? title : `${title.slice(0, TITLE_MAX_LENGTH - 1)}…`
}

/** The message as plain text: description and facts, one per line. Pure. */
export function plainText({ text, facts }: MessageText): string {
  return [text, '', ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n').trim()
}
