import { SignatureStaleness } from '@guardimesh/contracts'
import type { FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidMessage, numberMessage } from '../../../forms/form-text.js'

export interface StalenessForm {
  warnHours: number | string
  criticalHours: number | string
}

/** Validates the form with the API's schema. */
export const resolveStaleness: Resolver<StalenessForm, unknown, SignatureStaleness> = (form) => {
  const parsed = SignatureStaleness.safeParse(form)
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: InvalidMessage }> = {}
  for (const issue of parsed.error.issues)
    errors[String(issue.path[0])] ??= { type: issue.code, message: numberMessage(issue) ?? 'criticalHours' }
  return { values: {}, errors: errors as FieldErrors<StalenessForm> }
}
