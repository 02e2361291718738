import { formatCount } from '@guardimesh/kit'
import type { NotifiedAlert, NotifiedIncident } from '../drivers/message.js'

const CAUSES: Readonly<Record<NotifiedIncident['kind'], string>> = {
  'incident-opened': '',
  'incident-reopened': ' The incident was closed; it is reopened.',
  'incident-escalated': ' The severity of the incident is higher than before.',
  'incident-unacknowledged': '',
}

/** Builds the alert of a message about an incident. @param subject name of the signature. Pure. */
export function incidentAlert(incident: NotifiedIncident, subject: string): NotifiedAlert {
  const { kind, severity, namespace, podName, nodeName, clusterId, totalFindings, findings, detectedAt } = incident
  const [finding] = findings
  const place = podName === '' ? `on node ${nodeName}` : `in pod ${namespace}/${podName} on node ${nodeName}`
  const path = finding?.path ? `: ${finding.path}` : ''
  const count = totalFindings > 1 ? ` ${formatCount(totalFindings, 'finding')} at this moment.` : ''
  const message = `${subject} was detected ${place} of cluster ${clusterId}${path}.${count}${CAUSES[kind]}`
  return { kind, severity, subject, message, facts: { findings: totalFindings }, raisedAt: detectedAt, clearedAt: null, incident }
}

/** Builds the alert of an escalation from that of the event. Pure. */
export function escalationAlert(alert: NotifiedAlert, afterMinutes: number): NotifiedAlert {
  if (!alert.incident) return alert
  const kind = 'incident-unacknowledged'
  const message = `Nobody has started to work on this incident within ${formatCount(afterMinutes, 'minute')}. ${alert.message}`
  return { ...alert, kind, message, incident: { ...alert.incident, kind } }
}
