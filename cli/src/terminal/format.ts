const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const SIZE_PATTERN = /^([0-9]+)(Ki|Mi|Gi|Ti|K|M|G|T)?$/
const POWERS = { K: 1, M: 2, G: 3, T: 4 } as const

/** Characters that move the cursor, set colours, break lines or change the text direction. */
const NOT_FOR_TERMINALS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Sanitizes untrusted text as one line for a terminal. Pure. */
export function asLine(text: string): string {
  return text.replace(NOT_FOR_TERMINALS, '?')
}

/** Sanitizes untrusted text of several lines for a terminal. Pure. */
export function asLines(text: string): string {
  return text.split('\n').map(asLine).join('\n')
}

/** "1.5 GiB". Pure. */
export function formatBytes(sizeBytes: number): string {
  const power = sizeBytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(sizeBytes) / 10))
  const value = sizeBytes / 1024 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`
}

/** Parses a size: "4G" is 4,000,000,000 bytes and "4Gi" 4,294,967,296, as in Kubernetes. Pure. @returns undefined when it is invalid. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit] = SIZE_PATTERN.exec(text) ?? []
  if (digits === undefined) return undefined
  if (unit === undefined) return Number(digits)
  return Number(digits) * (unit.endsWith('i') ? 1024 : 1000) ** POWERS[unit[0] as keyof typeof POWERS]
}
