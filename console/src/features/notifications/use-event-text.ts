import { INCIDENT_ALERT_KINDS, type IncidentAlertKind, type NotificationEventKind } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'

const isIncident = (kind: NotificationEventKind): kind is IncidentAlertKind => (INCIDENT_ALERT_KINDS as readonly string[]).includes(kind)

/** Returns a function that names the kind of an event. */
export function useEventText(): (kind: NotificationEventKind) => string {
  const { t } = useTranslation()
  return (kind) => (isIncident(kind) ? t(`notifications.eventKind.${kind}`) : t(`signatures.alert.kind.${kind}`))
}
