import { ChangeException, CreateException, EXCEPTION_CRITERIA, ExceptionCriteria, isBroadException } from '@guardimesh/contracts'
import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form'
import type { z } from 'zod'
import { type InvalidKey, issueMessage } from '../../forms/form-text.js'
import type { CriteriaTexts } from './exception-scope.js'

/** Validity that the form offers, in days. */
export const VALIDITIES = ['7', '30', '90', '180', '365', 'never'] as const
export const VALIDITY_DEFAULT = '30'

export interface ChangeForm {
  reason: string
  /** A VALIDITIES entry; empty: unchanged. */
  validity: string
}

export interface ExceptionForm extends CriteriaTexts, ChangeForm {
  confirmBroad: boolean
}

/** Returns the criteria of the form, or undefined while they are incomplete or invalid. Pure. */
export function parseCriteria(form: CriteriaTexts): ExceptionCriteria | undefined {
  return ExceptionCriteria.safeParse(givenCriteria(form)).data
}

function givenCriteria(form: CriteriaTexts): Record<string, string> {
  return Object.fromEntries(EXCEPTION_CRITERIA.map((name) => [name, form[name].trim()]).filter(([, text]) => text !== ''))
}

const validityOf = (validity: string) => (validity === 'never' ? validity : Number(validity))

/** Validates a new exception with the API's schema. */
export const resolveException: Resolver<ExceptionForm, unknown, CreateException> = (form) => {
  const { reason, validity, confirmBroad } = form
  const parsed = CreateException.safeParse({
    criteria: givenCriteria(form),
    reason,
    expiresInDays: validityOf(validity),
    confirmBroad,
  })
  if (!parsed.success) return { values: {}, errors: errorsOf<ExceptionForm>(parsed.error) }
  if (isBroadException(parsed.data.criteria) && !confirmBroad)
    return { values: {}, errors: { confirmBroad: { type: 'custom', message: 'confirmBroad' satisfies InvalidKey } } }
  return { values: parsed.data, errors: {} }
}

/** Validates a change with the API's schema. */
export const resolveChange: Resolver<ChangeForm, unknown, ChangeException> = ({ reason, validity }) => {
  const parsed = ChangeException.safeParse({ reason, ...(validity === '' ? {} : { expiresInDays: validityOf(validity) }) })
  return parsed.success ? { values: parsed.data, errors: {} } : { values: {}, errors: errorsOf<ChangeForm>(parsed.error) }
}

function errorsOf<Form extends FieldValues>(error: z.ZodError): FieldErrors<Form> {
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of error.issues) {
    const isCriterion = issue.path[0] === 'criteria'
    const name = String((isCriterion ? issue.path[1] : issue.path[0]) ?? 'sha256')
    errors[name] ??= { type: issue.code, message: messageOf(issue) }
  }
  return errors as FieldErrors<Form>
}

function messageOf(issue: z.core.$ZodIssue): string {
  const [, name] = issue.path
  if (issue.path[0] !== 'criteria') return issueMessage(issue)
  if (name === undefined) return 'criteria' satisfies InvalidKey
  if (name === 'sha256') return 'sha256' satisfies InvalidKey
  return issue.code === 'custom' ? ('wildcards' satisfies InvalidKey) : issueMessage(issue)
}
