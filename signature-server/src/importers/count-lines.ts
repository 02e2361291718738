import { createReadStream } from 'node:fs'

/** Bytes of each line that are inspected, so that a file without newlines is not loaded into memory as one line. */
const LINE_HEAD_BYTES = 256
const LINE_END = 10

/** Counts the lines of a file whose first bytes satisfy a condition. */
export async function countLines(path: string, isWanted: (lineHead: string) => boolean): Promise<number> {
  let count = 0
  let head = Buffer.alloc(0)
  const add = (bytes: Buffer) => {
    const room = LINE_HEAD_BYTES - head.length
    if (room > 0) head = Buffer.concat([head, bytes.subarray(0, room)])
  }
  const finish = () => {
    if (isWanted(head.toString('latin1').trimEnd())) count++
    head = Buffer.alloc(0)
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, start)) {
      add(chunk.subarray(start, end))
      finish()
      start = end + 1
    }
    add(chunk.subarray(start))
  }
  if (head.length > 0) finish()
  return count
}

/** True for the first line of a YARA rule. Pure. */
export function isRuleStart(line: string): boolean {
  return /^\s*((private|global)\s+)*rule\s/.test(line)
}

/** True for a line of a loose database that contains a signature. Pure. */
export function isSignatureLine(line: string): boolean {
  return line !== '' && !line.startsWith('#')
}
