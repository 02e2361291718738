import type { IncidentAlertKind, NotificationEvent, NotificationSeverity, SeverityName, SignatureAlert } from '@guardimesh/contracts'

/** Findings of the same malware, with the location of the newest one. */
export interface NotifiedIncident {
  /** The same in all messages about the incident. */
  readonly incidentId: string
  readonly kind: IncidentAlertKind
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
  /** Other incidents of the same moment that have no message of their own. */
  readonly furtherIncidents: number
  /** Those of the same container, at most MESSAGE_FINDINGS_MAX. */
  readonly findings: readonly { readonly signatureName: string; readonly path: string; readonly description: string }[]
}

/** The subject of a message, as stored. */
export interface NotifiedAlert extends Omit<SignatureAlert, 'alertId' | 'kind'> {
  /** SignatureAlertKind, IncidentAlertKind, or "test". */
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
  /** Empty for a test and for findings. */
  readonly alertId: string
  readonly alert: NotifiedAlert
}
