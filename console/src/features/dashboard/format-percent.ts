const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' })

/** Formats a share as "99.9%", rounded down, so that 100% means that nothing is missing; "–" of nothing. */
export function formatPercent(part: number, whole: number): string {
  return whole === 0 ? '–' : percent.format(part / whole)
}
