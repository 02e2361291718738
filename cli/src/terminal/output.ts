import { asLine, asLines, NOT_FOR_TERMINALS } from './format.js'

// The only file that writes to the terminal: names on disks, in bundles, from servers and clusters are not trusted.

/** Prints a result. A line break in one of the lines is escaped, so that a name cannot forge a line. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${asLine(line)}\n`).join(''))
}

/** Prints a value as JSON, in which other characters than those of JSON are escaped as well. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, null, 2)
  process.stdout.write(`${text.replace(NOT_FOR_TERMINALS, (character) => (character === '\n' ? character : jsonEscape(character)))}\n`)
}

/** Prints progress, which is no result. */
export function noteLine(line: string): void {
  process.stderr.write(`${asLine(line)}\n`)
}

/** Prints an error. Its further lines are indented, because a name in it may contain a line break. */
export function printError(message: string): void {
  process.stderr.write(`${asLines(`guardimesh: ${message.trimEnd().replaceAll('\n', '\n  ')}`)}\n`)
}

/** Streams of help and usage errors, which quote arguments. */
export const commandOutput = {
  writeOut: (text: string) => void process.stdout.write(asLines(text)),
  writeErr: (text: string) => void process.stderr.write(asLines(text)),
}

function jsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
