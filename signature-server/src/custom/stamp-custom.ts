import type { CustomSignatures } from '@guardimesh/contracts'

/** Author and time of a change. */
export interface AuditStamp {
  readonly addedBy: string
  readonly addedAt: string
}

/** Sets the audit fields of each entry: existing entries keep theirs, new ones get `stamp`. Pure. */
export function stampCustom(wanted: CustomSignatures, before: CustomSignatures, stamp: AuditStamp): CustomSignatures {
  return {
    ...wanted,
    ignoredSignatures: stamped(wanted.ignoredSignatures, before.ignoredSignatures, ({ name }) => name, stamp),
    ignoredFiles: stamped(wanted.ignoredFiles, before.ignoredFiles, ({ sha256, sizeBytes }) => `${sha256}:${sizeBytes}`, stamp),
    hashes: stamped(wanted.hashes, before.hashes, ({ hash, sizeBytes, name }) => `${hash}:${sizeBytes}:${name}`, stamp),
    rules: stamped(wanted.rules, before.rules, ({ name, text }) => `${name}:${text}`, stamp),
  }
}

interface Stamped {
  addedBy: string
  addedAt?: string | undefined
}

function stamped<Entry extends Stamped>(wanted: Entry[], before: Entry[], keyOf: (entry: Entry) => string, stamp: AuditStamp): Entry[] {
  const known = new Map(before.map((entry) => [keyOf(entry), entry]))
  return wanted.map((entry) => {
    const { addedBy, addedAt } = known.get(keyOf(entry)) ?? stamp
    return { ...entry, addedBy, addedAt }
  })
}
