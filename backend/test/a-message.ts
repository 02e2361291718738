import type { Message, NotifiedIncident } from '../src/features/notifications/drivers/message.js'

/** Messages for tests. */

export function anIncident(changes: Partial<NotifiedIncident> = {}): NotifiedIncident {
  return {
    ...{ incidentId: '17', kind: 'incident-opened', severity: 'high', clusterId: 'prod' },
    ...{ namespace: 'payments', podName: 'api-7', podIp: '10.1.0.9', hostIp: '10.0.0.4', nodeName: 'worker-1', containerName: 'api' },
    ...{ containerId: 'c1', image: 'registry/api:1', imageDigest: 'sha256:1', scanSource: 'write', sha256: 'ab'.repeat(32) },
    ...{ detectedAt: '2026-11-21T09:59:58.000Z', totalFindings: 3 },
    // With characters that formats must escape.
    findings: [{ signatureName: 'Eicar-Test-Signature', path: '/tmp/<a>|b=c', description: 'Test file.' }],
    ...changes,
  }
}

export function aFindingMessage(incident = anIncident()): Message {
  const { kind, severity } = incident
  return {
    ...{
      deliveryId: '5d9c7a52-0000-4000-8000-000000000001',
      event: 'malware_detected',
      createdAt: new Date('2026-11-21T10:00:00Z'),
      alertId: '',
    },
    alert: {
      ...{ kind, severity, subject: 'Eicar-Test-Signature', message: 'Detected in\na|pod=x.', facts: {} },
      ...{ raisedAt: '2026-11-21T09:59:58.000Z', clearedAt: null, incident },
    },
  }
}
