import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { Compiler, initSync, Scanner } from '@virustotal/yara-x'

/**
 * `node yara-golden.js TASK`: scans files with rules in a separate process, as nodes do. TASK is the path of a JSON file `{ rules, golden
 * }` with two lists of paths. Writes lines with the counts of scanned and matched files periodically and at the end, and lines with counts,
 * rule and file for each match, separated by tabs.
 */
const MAX_BYTES = 16 * MIB_BYTES
const REPORT_INTERVAL_FILES = 100
const MAX_HITS = 100

/** The part of a YARA-X result that is used here. */
interface YaraScan {
  readonly matches: readonly { readonly identifier: string; readonly isPrivate: boolean }[]
}

initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
const { rules, golden } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { rules: string[]; golden: string[] }
const compiler = new Compiler()
// The external variable that the obfuscation scanner defines for rules. Source: scanner/src/processes/obfuscation-scanner/yara-matcher.ts
compiler.defineGlobal('filename', '')
for (const path of rules) {
  compiler.newNamespace(basename(path))
  compiler.addSource(readFileSync(path, 'utf8'))
}
const scanner = new Scanner(compiler.build())
let hits = 0
for (const [count, path] of golden.entries()) {
  if (count % REPORT_INTERVAL_FILES === 0) process.stdout.write(`${count}\t${hits}\n`)
  const content = read(path)
  if (!content) continue
  scanner.setGlobal('filename', basename(path))
  const found = (scanner.scan(content) as YaraScan).matches.find(({ isPrivate }) => !isPrivate)
  if (found && ++hits <= MAX_HITS) process.stdout.write(`${count}\t${hits}\t${found.identifier}\t${path}\n`)
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
