import { CustomHash, EXCEPTION_REASON_MIN_LENGTH, IgnoredFile, IgnoredSignature } from '@guardimesh/contracts'
import type { FieldErrors, Resolver } from 'react-hook-form'
import type { z } from 'zod'
import { type InvalidKey, issueMessage, withLimit } from '../../../forms/form-text.js'
import type { CustomListName } from '../../../path-builder.js'

/** Form values of all lists; ENTRY_FIELDS selects the fields of each list. */
export interface EntryForm {
  hash: string
  name: string
  sizeBytes: number | string
  reason: string
}

export type EntryListName = Exclude<CustomListName, 'rules'>

export const ENTRY_FIELDS = {
  hashes: ['hash', 'name', 'sizeBytes', 'reason'],
  'ignored-signatures': ['name', 'reason'],
  'ignored-files': ['hash', 'sizeBytes', 'reason'],
} as const satisfies Record<EntryListName, readonly (keyof EntryForm)[]>

const SCHEMAS = { hashes: CustomHash, 'ignored-signatures': IgnoredSignature, 'ignored-files': IgnoredFile } as const
export type Entry = z.infer<(typeof SCHEMAS)[EntryListName]>

const MESSAGES: Readonly<Record<string, InvalidKey>> = {
  'hashes.hash': 'hash',
  'ignored-files.hash': 'sha256',
  name: 'signatureName',
  sizeBytes: 'number',
}

/** Builds a resolver that validates an entry with the API's schema. */
export function buildEntryResolver(list: EntryListName): Resolver<EntryForm, unknown, Entry> {
  return (form) => {
    const hash = form.hash.trim().toLowerCase()
    const sizeBytes = form.sizeBytes === '' ? null : Number(form.sizeBytes)
    const parsed = SCHEMAS[list].safeParse({ hash, sha256: hash, name: form.name.trim(), sizeBytes, reason: form.reason })
    const errors: Record<string, { type: string; message: string }> = {}
    // The API accepts entries without one, which earlier versions stored.
    if (list !== 'hashes' && form.reason.trim().length < EXCEPTION_REASON_MIN_LENGTH)
      errors.reason = { type: 'custom', message: withLimit('textShort', EXCEPTION_REASON_MIN_LENGTH) }
    else if (parsed.success) return { values: parsed.data, errors: {} }
    for (const issue of parsed.error?.issues ?? []) {
      const name = issue.path[0] === 'sha256' ? 'hash' : String(issue.path[0])
      errors[name] ??= { type: issue.code, message: MESSAGES[`${list}.${name}`] ?? MESSAGES[name] ?? issueMessage(issue) }
    }
    return { values: {}, errors: errors as FieldErrors<EntryForm> }
  }
}
