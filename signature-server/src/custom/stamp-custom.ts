import type { CustomSignatures } from '@guardimesh/contracts'

/** Who changes something, and when. */
export interface Stamp {
  readonly addedBy: string
  readonly addedAt: string
}

/** Says of each entry who added it: of one that was there before, what it said; of others, this person now. Pure. */
export function stampCustom(wanted: CustomSignatures, before: CustomSignatures, stamp: Stamp): CustomSignatures {
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

function stamped<Entry extends Stamped>(wanted: Entry[], before: Entry[], keyOf: (entry: Entry) => string, stamp: Stamp): Entry[] {
  const known = new Map(before.map((entry) => [keyOf(entry), entry]))
  return wanted.map((entry) => {
    const { addedBy, addedAt } = known.get(keyOf(entry)) ?? stamp
    return { ...entry, addedBy, addedAt }
  })
}
