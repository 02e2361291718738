const count = new Intl.NumberFormat('en')
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Formats a number, for example as "12,345". */
export function formatCount(value: number): string {
  return count.format(value)
}

/** Formats a number of bytes, for example as "1.5 MiB". */
export function formatBytes(sizeBytes: number): string {
  const power = sizeBytes < 1 ? 0 : Math.min(Math.floor(Math.log2(sizeBytes) / 10), BYTE_UNITS.length - 1)
  const value = sizeBytes / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[power]}`
}

/** Letters of the file types, by the upper four bits of st_mode. */
const TYPES: Readonly<Record<number, string>> = { 1: 'p', 2: 'c', 4: 'd', 6: 'b', 8: '-', 10: 'l', 12: 's' }

/** Formats st_mode as `ls` and `chmod` do: "-rwsr-xr-x (4755)". */
export function formatMode(mode: number): string {
  const triple = (shift: number, special: number, letter: string) => {
    const bits = (mode >> shift) & 7
    const isSpecial = (mode & special) !== 0
    const execute = bits & 1 ? (isSpecial ? letter : 'x') : isSpecial ? letter.toUpperCase() : '-'
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${execute}`
  }
  const text = `${TYPES[mode >> 12] ?? '-'}${triple(6, 0o4000, 's')}${triple(3, 0o2000, 's')}${triple(0, 0o1000, 't')}`
  return `${text} (${(mode & 0o7777).toString(8).padStart(4, '0')})`
}
