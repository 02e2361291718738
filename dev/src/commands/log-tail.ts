import { readFile } from 'node:fs/promises'
import { messageOf } from '@guardimesh/kit'

const LINES = 15

/** Returns the last lines of a log, indented; or the error when it is unreadable. */
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
