import { useTranslation } from 'react-i18next'
import en from '../i18n/en.json'

/** Names of the sentences about failed checks in en.json; own checks use them as their message. */
export type InvalidKey = keyof typeof en.form.invalid

const isInvalidKey = (text: string): text is InvalidKey => Object.hasOwn(en.form.invalid, text)

/** Turns a message of a check into a sentence: our own keys are translated, the contract's messages are shown as they are. */
export function useInvalidText(): (message: string | undefined) => string | undefined {
  const { t } = useTranslation()
  return (message) => (message !== undefined && isInvalidKey(message) ? t(`form.invalid.${message}`) : message)
}
