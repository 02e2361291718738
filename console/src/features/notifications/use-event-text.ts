import { SIGNATURE_ALERT_KINDS, type SignatureAlertKind } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type en from '../../i18n/en.json'

type OtherKind = keyof typeof en.notifications.eventKind

const isSignature = (kind: string): kind is SignatureAlertKind => (SIGNATURE_ALERT_KINDS as readonly string[]).includes(kind)

/** Returns a function that names the kind of an event. */
export function useEventText(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => (isSignature(kind) ? t(`signatures.alert.kind.${kind}`) : t(`notifications.eventKind.${kind as OtherKind}`))
}
