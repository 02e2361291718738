import type { CustomSignatures } from '@guardimesh/contracts'
import type { CustomListName } from '../../../path-builder.js'

/** The part of the custom signatures that each list shows. */
export const PART_OF_LIST = {
  hashes: 'hashes',
  rules: 'rules',
  'ignored-signatures': 'ignoredSignatures',
  'ignored-files': 'ignoredFiles',
} as const satisfies Record<CustomListName, keyof CustomSignatures>

type PartName = (typeof PART_OF_LIST)[CustomListName]
type EntryOf<Part extends PartName> = CustomSignatures[Part][number]
type AnyEntry = EntryOf<PartName>

/** What an entry is known by in its list. Pure. */
export function keyOf(entry: AnyEntry): string {
  if ('hash' in entry) return entry.hash
  return 'sha256' in entry ? entry.sha256 : entry.name
}

export interface DraftChanges {
  added: number
  removed: number
  changed: number
  /** Hashes that are new in the draft: what a dry run is about. */
  newHashes: string[]
}

/** How a draft differs from what is in force. Pure. */
export function draftChanges(base: CustomSignatures, draft: CustomSignatures): DraftChanges {
  const parts = Object.values(PART_OF_LIST).map((part) => listChanges(base[part], draft[part]))
  const sum = (count: (part: ListChanges) => number) => parts.reduce((total, part) => total + count(part), 0)
  return {
    added: sum(({ added }) => added.length),
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    newHashes: listChanges(base.hashes, draft.hashes).added,
  }
}

interface ListChanges {
  /** Keys. */
  added: string[]
  changed: number
  removed: number
}

function listChanges(before: readonly AnyEntry[], after: readonly AnyEntry[]): ListChanges {
  const known = new Map(before.map((entry) => [keyOf(entry), entry]))
  const kept = new Set(after.map(keyOf))
  const isOther = (entry: AnyEntry) => {
    const earlier = known.get(keyOf(entry))
    // Untouched entries are the very same objects.
    return earlier !== undefined && earlier !== entry && JSON.stringify(earlier) !== JSON.stringify(entry)
  }
  return {
    added: after.map(keyOf).filter((key) => !known.has(key)),
    changed: after.filter(isOther).length,
    removed: before.filter((entry) => !kept.has(keyOf(entry))).length,
  }
}

export const isChanged = ({ added, removed, changed }: DraftChanges) => added + removed + changed > 0

/** Puts entries in front of a list; one that is known by the same key takes the place of the earlier. Pure. */
export function withEntries<Part extends PartName>(
  custom: CustomSignatures,
  part: Part,
  entries: readonly EntryOf<Part>[],
): CustomSignatures {
  const added = new Set(entries.map(keyOf))
  const kept = (custom[part] as readonly EntryOf<Part>[]).filter((entry) => !added.has(keyOf(entry)))
  return { ...custom, [part]: [...entries, ...kept] }
}

/** Pure. */
export function withoutEntry(custom: CustomSignatures, part: PartName, key: string): CustomSignatures {
  return { ...custom, [part]: (custom[part] as readonly AnyEntry[]).filter((entry) => keyOf(entry) !== key) }
}
