const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const SIZE_PATTERN = /^([0-9]+)(Ki|Mi|Gi|Ti|K|M|G|T)?$/
const POWERS = { K: 1, M: 2, G: 3, T: 4 } as const

/** Characters that move the cursor, set colours, break lines, change the text direction or are invisible. */
export const NOT_FOR_TERMINALS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Escapes untrusted text as one line for a terminal: ESC becomes "\x1b". Pure. */
export function asLine(text: string): string {
  return text.replace(NOT_FOR_TERMINALS, escapeCharacter)
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** Escapes untrusted text of several lines for a terminal. Pure. */
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
