const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const SIZE_PATTERN = /^([0-9]+)(Ki|Mi|Gi|Ti|K|M|G|T)?$/
const POWERS = { K: 1, M: 2, G: 3, T: 4 } as const

/** What moves the cursor, colours, begins another line, or turns the direction of reading. */
const NOT_FOR_TERMINALS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Text that somebody else wrote, as one line of a terminal and nothing more. Pure. */
export function asLine(text: string): string {
  return text.replace(NOT_FOR_TERMINALS, '?')
}

/** The same of text that may have several lines. Pure. */
export function asLines(text: string): string {
  return text.split('\n').map(asLine).join('\n')
}

/** "1.5 GiB". Pure. */
export function formatBytes(sizeBytes: number): string {
  const power = sizeBytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(sizeBytes) / 10))
  const value = sizeBytes / 1024 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`
}

/** "4G" is 4,000,000,000 bytes and "4Gi" 4,294,967,296, as in Kubernetes. Pure. @returns undefined when it is no size. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit] = SIZE_PATTERN.exec(text) ?? []
  if (digits === undefined) return undefined
  if (unit === undefined) return Number(digits)
  return Number(digits) * (unit.endsWith('i') ? 1024 : 1000) ** POWERS[unit[0] as keyof typeof POWERS]
}
