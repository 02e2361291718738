/** Properties by which findings are counted, with their columns. */
export const DIMENSIONS = { severity: 'severity', namespace: 'namespace', image: 'image', signature: 'signature_name' } as const
export type Dimension = keyof typeof DIMENSIONS

const COLUMNS = Object.entries(DIMENSIONS)
const HOUR = 'hour_number(received_at)'

/** SQL that counts findings without an exception by hour and dimension, with the columns of `hourly_findings`. Reads each finding once. @param where conditions. */
export function countFindings(where: string): string {
  const dimension = COLUMNS.map(([name, column]) => `WHEN grouping(${column}) = 0 THEN '${name}'`).join(' ')
  return `SELECT ${HOUR} AS hour, CASE ${dimension} END AS dimension,
      coalesce(${COLUMNS.map(([, column]) => column).join(', ')}) AS value, count(*) AS findings
    FROM findings WHERE exception_id IS NULL AND ${where}
    GROUP BY GROUPING SETS (${COLUMNS.map(([, column]) => `(${HOUR}, ${column})`).join(', ')})`
}
