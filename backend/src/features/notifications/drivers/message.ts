import type { FindingWebhookBody, NotificationEvent, NotificationSeverity, SeverityName, SignatureAlert } from '@guardimesh/contracts'

/** Findings of the same malware, with the location of the newest one. */
export interface NotifiedIncident {
  /** The same in all messages about the incident. */
  readonly incidentId: string
  readonly kind: FindingWebhookBody['incident']['kind']
  readonly severity: SeverityName
  readonly clusterId: string
  readonly namespace: string
  readonly podName: string
  readonly podIp: string
  readonly hostIp: string
  readonly nodeName: string
  readonly containerName: string
  readonly containerId: string
  readonly image: string
  readonly imageDigest: string
  readonly scanSource: string
  /** Hexadecimal; empty if the content is unknown. */
  readonly sha256: string
  readonly detectedAt: string
  /** Findings that were stored together and caused the message. */
  readonly totalFindings: number
  /** Those of the same container, at most MESSAGE_FINDINGS_MAX. */
  readonly findings: readonly { readonly signatureName: string; readonly path: string; readonly description: string }[]
}

/** The subject of a message, as stored. */
export interface NotifiedAlert extends Omit<SignatureAlert, 'alertId' | 'kind'> {
  /** NotificationEventKind, "digest" or "test". */
  readonly kind: string
  readonly severity: NotificationSeverity | SeverityName
  /** Present in messages about findings only. */
  readonly incident?: NotifiedIncident
}

/** One message, independent of the kind of channel. */
export interface Message {
  /** Idempotency key: the same in each attempt. */
  readonly deliveryId: string
  readonly event: NotificationEvent
  readonly createdAt: Date
  /** Empty for messages that are not about an alert. */
  readonly alertId: string
  readonly alert: NotifiedAlert
}
