import type { CustomSignatures } from '@guardimesh/contracts'
import type { CustomListName } from '../../../path-builder.js'

/** Field of the custom signatures that each list shows. */
export const PART_OF_LIST = {
  hashes: 'hashes',
  rules: 'rules',
  'ignored-signatures': 'ignoredSignatures',
  'ignored-files': 'ignoredFiles',
} as const satisfies Record<CustomListName, keyof CustomSignatures>

type PartName = (typeof PART_OF_LIST)[CustomListName]
type AnyEntry = CustomSignatures[PartName][number]

/** Returns the key that identifies an entry in its list. Pure. */
export function keyOf(entry: AnyEntry): string {
  if ('hash' in entry) return entry.hash
  return 'sha256' in entry ? entry.sha256 : entry.name
}

export interface DraftChanges {
  added: number
  removed: number
  changed: number
  /** Hashes that are new in the draft, for a dry run. */
  newHashes: string[]
}

/** Compares a draft with the saved signatures. Pure. */
export function compareDraft(base: CustomSignatures, draft: CustomSignatures): DraftChanges {
  const parts = Object.values(PART_OF_LIST).map((part) => compareLists(base[part], draft[part]))
  const sum = (count: (part: ListChanges) => number) => parts.reduce((total, part) => total + count(part), 0)
  return {
    added: sum(({ added }) => added.length),
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    newHashes: compareLists(base.hashes, draft.hashes).added,
  }
}

interface ListChanges {
  /** Keys. */
  added: string[]
  changed: number
  removed: number
}

function compareLists(before: readonly AnyEntry[], after: readonly AnyEntry[]): ListChanges {
  const known = new Map(before.map((entry) => [keyOf(entry), entry]))
  const kept = new Set(after.map(keyOf))
  const wasChanged = (entry: AnyEntry) => {
    const earlier = known.get(keyOf(entry))
    // Unchanged entries are the same objects.
    return earlier !== undefined && earlier !== entry && JSON.stringify(earlier) !== JSON.stringify(entry)
  }
  return {
    added: after.map(keyOf).filter((key) => !known.has(key)),
    changed: after.filter(wasChanged).length,
    removed: before.filter((entry) => !kept.has(keyOf(entry))).length,
  }
}

export const isChanged = ({ added, removed, changed }: DraftChanges) => added + removed + changed > 0

/** Prepends entries to a list. An entry replaces an earlier one with the same key. Pure. */
export function withEntries(custom: CustomSignatures, part: PartName, entries: readonly AnyEntry[]): CustomSignatures {
  const added = new Set(entries.map(keyOf))
  const kept = (custom[part] as readonly AnyEntry[]).filter((entry) => !added.has(keyOf(entry)))
  return { ...custom, [part]: [...entries, ...kept] }
}

/** Removes the entry with `key`. Pure. */
export function withoutEntry(custom: CustomSignatures, part: PartName, key: string): CustomSignatures {
  return { ...custom, [part]: (custom[part] as readonly AnyEntry[]).filter((entry) => keyOf(entry) !== key) }
}
