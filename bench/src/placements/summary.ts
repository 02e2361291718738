import type { FindingEntry } from './result-log.js'
import type { PlacedRow } from './run-placements.js'

/** How a finding came about, which decides how fast it must be. */
type Speed = 'event' | 'recheck' | 'background'

export function speedOf({ trigger }: FindingEntry): Speed {
  // The inspection of processes, which the start of a program triggers, is part of the schedule.
  if (trigger === 'file_event' || trigger === 'container_start' || trigger === 'schedule') return 'event'
  return trigger === 'recheck' ? 'recheck' : 'background'
}

/** @returns the seconds of all findings of a kind. Pure. */
export function secondsOf(rows: readonly PlacedRow[], speed: Speed): number[] {
  return rows.flatMap(({ outcome }) => (outcome.kind === 'detected' && speedOf(outcome.finding) === speed ? [outcome.seconds] : []))
}

/** Formats the outcomes as a table. Pure. */
export function formatRows(rows: readonly PlacedRow[]): string {
  const cells = rows.map(({ placement, outcome }) => [placement.group, placement.name, ...describe(outcome)])
  const head = ['group', 'placement', 'outcome', 'seconds', 'source or coverage reason']
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0)))
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function describe(outcome: PlacedRow['outcome']): [string, string, string] {
  switch (outcome.kind) {
    case 'detected':
      return ['detected', outcome.seconds.toFixed(2), sourceOf(outcome.finding)]
    case 'reported':
      return ['reported', outcome.seconds.toFixed(2), `${outcome.gap.reason}: ${printable(outcome.gap.detail)}`]
    case 'false-alarm':
      return ['FALSE ALARM', '', sourceOf(outcome.finding)]
    case 'failed':
      return ['FAILED', '', printable(outcome.why.slice(-100))]
    case 'missed':
      return ['MISSED', '', '']
    case 'clean':
      return ['clean', '', 'nothing to detect']
  }
}

const sourceOf = ({ source, trigger, signature }: FindingEntry) => `${source} by ${trigger}: ${signature}`

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 100)
}
