import { SignatureSettings } from '@guardimesh/contracts'
import type { FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidKey, issueMessage } from '../../../forms/form-text.js'

/** Value of a number field; '' while it is empty. */
type NumberInputValue = number | string

/** Form values: flat. */
export interface SettingsForm {
  nodes: string[]
  percent: NumberInputValue
  soakMinutes: NumberInputValue
  holdAfterDetections: NumberInputValue
  pinned: boolean
  profile: SignatureSettings['profile']
  profileFiles: string[]
}

export function toForm({ canary, ...rest }: SignatureSettings): SettingsForm {
  return { ...rest, ...canary }
}

/** '' becomes NaN, which the schema rejects. */
const toNumber = (typed: NumberInputValue) => (typed === '' ? Number.NaN : Number(typed))

/** Builds the request body, not validated yet. */
export function toSettings({ pinned, profile, profileFiles, nodes, ...canary }: SettingsForm): unknown {
  return {
    canary: {
      nodes,
      percent: toNumber(canary.percent),
      soakMinutes: toNumber(canary.soakMinutes),
      holdAfterDetections: toNumber(canary.holdAfterDetections),
    },
    pinned,
    profile,
    profileFiles,
  }
}

const MESSAGES: Readonly<Record<string, InvalidKey>> = {
  nodes: 'nodeName',
  profileFiles: 'profileFiles',
}

/** Validates the form with the API's schema. The custom profile needs at least one database. */
export const resolveSettings: Resolver<SettingsForm, unknown, SignatureSettings> = (form) => {
  const parsed = SignatureSettings.safeParse(toSettings(form))
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path.findLast((part) => typeof part === 'string') ?? '')
    errors[name] ??= { type: issue.code, message: MESSAGES[name] ?? issueMessage(issue) }
  }
  if (form.profile === 'custom' && form.profileFiles.length === 0) errors.profileFiles = { type: 'custom', message: 'profileFiles' }
  if (parsed.success && Object.keys(errors).length === 0) return { values: parsed.data, errors: {} }
  return { values: {}, errors: errors as FieldErrors<SettingsForm> }
}
