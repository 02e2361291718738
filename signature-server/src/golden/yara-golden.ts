import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { yaraEngine } from '@guardimesh/signature-format'

/**
 * `node yara-golden.js TASK`: scans files with rules in a separate process, as nodes do. TASK is the path of a JSON file `{ rules, golden
 * }` with two lists of paths. Writes lines with the counts of scanned and matched files periodically and at the end, and lines with counts,
 * rule and file for each match, separated by tabs.
 */
const MAX_BYTES = 16 * MIB_BYTES
const REPORT_INTERVAL_FILES = 100
const MAX_HITS = 100

const { rules, golden } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { rules: string[]; golden: string[] }
const compiled = yaraEngine().compile(rules.map((path) => ({ name: basename(path), source: readFileSync(path, 'utf8') })))
let hits = 0
for (const [count, path] of golden.entries()) {
  if (count % REPORT_INTERVAL_FILES === 0) process.stdout.write(`${count}\t${hits}\n`)
  const content = read(path)
  if (!content) continue
  const [found] = compiled.scan(content, basename(path))
  if (found && ++hits <= MAX_HITS) process.stdout.write(`${count}\t${hits}\t${found.rule}\t${path}\n`)
}
process.stdout.write(`${golden.length}\t${hits}\n`)

/** Returns undefined for unreadable files and for files larger than the obfuscation scanner scans. */
function read(path: string): Buffer | undefined {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path)
  } catch {
    return undefined
  }
}
