/** A signature that ClamAV does not load, although it accepts the file. */
export interface SkippedSignature {
  readonly name: string
  readonly reason: string
}

interface Message {
  readonly pattern: RegExp
  readonly signatureOf: (first: string, second: string) => SkippedSignature
}

/** Messages of libclamav/readdb.c. A signature for older functionality levels has no message. */
const MESSAGES: readonly Message[] = [
  {
    pattern: /^LibClamAV debug: (?:\w+: )?Signature for (\S+) not loaded \((.+)\)$/,
    signatureOf: (name, reason) => ({ name, reason }),
  },
  {
    pattern: /^LibClamAV debug: \w+: Not supported (.+) in signature for (.+), skipping$/,
    signatureOf: (what, name) => ({ name, reason: `not supported: ${what}` }),
  },
  {
    pattern: /^LibClamAV Warning: load_oneyara: (.+), skipping (\S+)$/,
    signatureOf: (reason, name) => ({ name, reason }),
  },
]

/** Parses a message about a skipped signature; undefined for other messages. Pure. */
export function skippedSignatureOf(line: string): SkippedSignature | undefined {
  for (const { pattern, signatureOf } of MESSAGES) {
    const [, first, second = ''] = pattern.exec(line) ?? []
    if (first !== undefined) return signatureOf(first, second)
  }
  return undefined
}

/** Position of the field with the minimum functionality level; the maximum follows. */
const LEVEL_FIELD: Readonly<Record<string, number>> = {
  ndb: 4,
  ndu: 4,
  hdb: 3,
  hdu: 3,
  hsb: 3,
  hsu: 3,
  mdb: 3,
  mdu: 3,
  msb: 3,
  msu: 3,
  imp: 3,
}

/** Returns the signature in a line of a loose database if it is not for this functionality level; undefined if it is. Pure. */
export function otherLevelSignatureOf(ending: string, line: string, level: number): SkippedSignature | undefined {
  const { name, min = 0, max = Number.POSITIVE_INFINITY } = /^ld[bu]$/.test(ending) ? logicalLevels(line) : fieldLevels(ending, line)
  if (name === undefined || (level >= min && level <= max)) return undefined
  return { name, reason: level < min ? `required f-level: ${min}` : `for f-level ${max} and older` }
}

interface Levels {
  readonly name?: string | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
}

function logicalLevels(line: string): Levels {
  const [, name, min, max] = /^([^;]+);(?:[^;]*,)?Engine:(\d+)-(\d+)/.exec(line) ?? []
  return { name, min: numberOf(min), max: numberOf(max) }
}

function fieldLevels(ending: string, line: string): Levels {
  const position = LEVEL_FIELD[ending]
  if (position === undefined) return {}
  const fields = line.split(':')
  return { name: fields[ending.startsWith('nd') ? 0 : 2], min: numberOf(fields[position]), max: numberOf(fields[position + 1]) }
}

function numberOf(text: string | undefined): number | undefined {
  return /^\d+$/.test(text ?? '') ? Number(text) : undefined
}
