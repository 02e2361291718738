import { readFile } from 'node:fs/promises'
import { messageOf } from '@guardimesh/kit'

const LINES = 15

/** The last lines of a log, indented; says so when it cannot be read. */
export async function tailOf(logFile: string): Promise<string> {
  try {
    const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n')
    return lines
      .slice(-LINES)
      .map((line) => `    ${line}`)
      .join('\n')
  } catch (error) {
    return `    (${messageOf(error)})`
  }
}
