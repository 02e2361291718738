import type { AuditEntryView, AuditVerification } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'

/** Describes entries, one per line. Pure. */
export function describeEntries(entries: readonly AuditEntryView[]): string[] {
  return entries.map(({ position, at, actorName, action, target, result, clientIp }) =>
    [String(position).padStart(8), at, result.padEnd(7), action.padEnd(28), actorName, clientIp || '-', target].join('  ').trimEnd(),
  )
}

/** Describes the result of a verification. Pure. */
export function describeVerification({ isIntact, entries, firstPosition, lastPosition, lastHash, broken }: AuditVerification): string[] {
  if (broken)
    return [`The audit log is not intact: ${broken.explanation}.`, `Intact before it: ${formatCount(entries, 'entry', 'entries')}.`]
  if (!isIntact || lastPosition === null) return ['The audit log has no entries.']
  return [
    `The audit log is intact: ${formatCount(entries, 'entry', 'entries')}, ${firstPosition} to ${lastPosition}.`,
    'Keep this outside of the installation, for the next verification:',
    `--position ${lastPosition} --hash ${lastHash}`,
  ]
}
