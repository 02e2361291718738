import { formatCount } from '@guardimesh/kit'
import type { NotifiedAlert, NotifiedIncident } from './drivers/message.js'

const CAUSES: Readonly<Record<NotifiedIncident['kind'], string>> = {
  'incident-opened': '',
  'incident-reopened': ' The incident was closed; it is reopened.',
  'incident-escalated': ' The severity of the incident is higher than before.',
}

/** Builds the alert of a message about an incident. Pure. */
export function incidentAlert(incident: NotifiedIncident): NotifiedAlert {
  const { kind, severity, namespace, podName, nodeName, clusterId, totalFindings, findings, furtherIncidents, detectedAt } = incident
  const [finding] = findings
  const subject = finding?.signatureName ?? ''
  const place = podName === '' ? `on node ${nodeName}` : `in pod ${namespace}/${podName} on node ${nodeName}`
  const path = finding?.path ? `: ${finding.path}` : ''
  const count = totalFindings > 1 ? ` ${formatCount(totalFindings, 'finding')} so far.` : ''
  const further =
    furtherIncidents === 0
      ? ''
      : ` ${formatCount(furtherIncidents, 'other incident')} of the same moment ${furtherIncidents === 1 ? 'has' : 'have'} no message: see the console.`
  const message = `${subject} was detected ${place} of cluster ${clusterId}${path}.${count}${CAUSES[kind]}${further}`
  return { kind, severity, subject, message, facts: { findings: totalFindings }, raisedAt: detectedAt, clearedAt: null, incident }
}
