import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import en from '../i18n/en.json'
import { formatCount } from '../ui/format-number.js'

/** Keys of the validation messages in en.json; form resolvers use them as error messages. */
export type InvalidKey = keyof typeof en.form.invalid

/** A key, followed by the limit for messages that state one: "numberHigh:2,047". */
export type InvalidMessage = InvalidKey | `${InvalidKey}:${string}`

const isInvalidKey = (text: string): text is InvalidKey => Object.hasOwn(en.form.invalid, text)

export function withLimit(key: InvalidKey, limit: number): InvalidMessage {
  return `${key}:${formatCount(limit)}`
}

/**
 * Message for a number that a schema rejected. Pure.
 *
 * @param unit size of the form's unit in units of the API, for example bytes per MiB.
 * @returns undefined for any other issue.
 */
export function numberMessage(issue: z.core.$ZodIssue, unit = 1): InvalidMessage | undefined {
  if (issue.code === 'too_small') return withLimit('numberLow', Math.ceil((Number(issue.minimum) / unit) * 1000) / 1000)
  if (issue.code === 'too_big') return withLimit('numberHigh', Math.floor(Number(issue.maximum) / unit))
  return issue.code === 'invalid_type' ? 'number' : undefined
}

/** Message for any issue of a schema, so that no field shows the text of the schema. Pure. @param unit as in `numberMessage`. */
export function issueMessage(issue: z.core.$ZodIssue, unit = 1): InvalidMessage {
  if (issue.code === 'too_big' && issue.origin === 'string') return withLimit('textLong', Number(issue.maximum))
  if (issue.code === 'too_small' && issue.origin === 'string') return withLimit('textShort', Number(issue.minimum))
  if (issue.code === 'too_big' && issue.origin === 'array') return withLimit('listLong', Number(issue.maximum))
  if (issue.code === 'invalid_type' && issue.expected === 'string') return 'value'
  return numberMessage(issue, unit) ?? 'value'
}

/** Returns a function that translates error messages of form fields. Messages without a key are returned unchanged. */
export function useInvalidText(): (message: string | undefined) => string | undefined {
  const { t } = useTranslation()
  return (message) => {
    if (message === undefined) return undefined
    const [key = '', limit = ''] = message.split(':')
    return isInvalidKey(key) ? t(`form.invalid.${key}`, { limit }) : message
  }
}
