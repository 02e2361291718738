import { type NotificationEventKind, type NotificationSelection, SEVERITIES, type SeverityName } from '@guardimesh/contracts'

/** The fields of an event that rules compare. Empty: the event does not have the field. */
export interface EventFacts {
  readonly kind: NotificationEventKind
  readonly severity: SeverityName
  readonly clusterId: string
  readonly namespaces: readonly string[]
  readonly signatureName: string
  readonly sources: readonly string[]
  /** Action of the audit log. */
  readonly action: string
}

/**
 * True if a rule selects the event. A field that the event does not have excludes nothing: a rule for one namespace must not hide that the
 * signatures of the whole platform are outdated. Pure.
 */
export function matchesSelection(selection: NotificationSelection, event: EventFacts): boolean {
  return (
    selection.events.includes(event.kind) &&
    SEVERITIES.indexOf(event.severity) >= SEVERITIES.indexOf(selection.minSeverity) &&
    matchesAny(selection.clusters, [event.clusterId]) &&
    matchesAny(selection.namespaces, event.namespaces) &&
    matchesAny(selection.signatures, [event.signatureName]) &&
    matchesAny(selection.sources, event.sources) &&
    matchesAny(selection.actions, [event.action])
  )
}

function matchesAny(patterns: readonly string[], values: readonly string[]): boolean {
  const present = values.filter((value) => value !== '')
  if (patterns.length === 0 || present.length === 0) return true
  return patterns.some((pattern) => present.some((value) => matchesPattern(pattern, value)))
}

/** `*` matches any characters. Without regular expressions, whose time can grow exponentially with the number of stars. */
function matchesPattern(pattern: string, value: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === value
  if (!value.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return value.length - last.length >= at && value.endsWith(last)
}
