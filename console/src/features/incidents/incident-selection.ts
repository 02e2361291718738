/** Selected incidents: some of the loaded ones, or all that match the filters. */
export interface IncidentSelection {
  readonly ids: ReadonlySet<number>
  readonly isAllMatching: boolean
  /** Incident of the last change: the other end of a range. */
  readonly anchorId: number | null
}

export const NO_SELECTION: IncidentSelection = { ids: new Set(), isAllMatching: false, anchorId: null }

export type SelectionEvent =
  /** `isRange`: all incidents between the last changed one and this one get its new state. */
  | { kind: 'toggle'; incidentId: number; isRange: boolean; loadedIds: readonly number[] }
  | { kind: 'all-matching'; loadedIds: readonly number[] }
  | { kind: 'clear' }

/** Pure. */
export function nextSelection(selection: IncidentSelection, event: SelectionEvent): IncidentSelection {
  if (event.kind === 'clear') return NO_SELECTION
  if (event.kind === 'all-matching') return { ids: new Set(event.loadedIds), isAllMatching: true, anchorId: null }
  // Without one of them, the selection is no longer "all that match", but the other loaded ones.
  const ids = new Set(selection.isAllMatching ? event.loadedIds : selection.ids)
  const isSelected = !ids.has(event.incidentId)
  for (const incidentId of rangeOf(selection.anchorId, event)) {
    if (isSelected) ids.add(incidentId)
    else ids.delete(incidentId)
  }
  return { ids, isAllMatching: false, anchorId: event.incidentId }
}

function rangeOf(
  anchorId: number | null,
  { incidentId, isRange, loadedIds }: Extract<SelectionEvent, { kind: 'toggle' }>,
): readonly number[] {
  const from = anchorId === null ? -1 : loadedIds.indexOf(anchorId)
  const to = loadedIds.indexOf(incidentId)
  if (!isRange || from < 0 || to < 0) return [incidentId]
  return loadedIds.slice(Math.min(from, to), Math.max(from, to) + 1)
}
