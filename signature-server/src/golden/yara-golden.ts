import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { Compiler, initSync, Scanner } from '@virustotal/yara-x'

/**
 * `node yara-golden.js TASK`: a process of its own that lets rules look at files, as the nodes will. TASK is JSON `{ rules, golden }`, both
 * lists of paths. Writes lines "files that are done, those of them that a rule matches" now and then and at the end, and with "rule, file" after
 * them for each that a rule matches; tabs between.
 */
const MAX_BYTES = 16 * MIB_BYTES
const TELL_EVERY = 100
const MAX_HITS = 100

/** What YARA-X gives back, as far as it is used. */
interface YaraScan {
  readonly matches: readonly { readonly identifier: string; readonly isPrivate: boolean }[]
}

initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
const { rules, golden } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { rules: string[]; golden: string[] }
const compiler = new Compiler()
// The variable that the obfuscation scanner gives to rules. Source: scanner/src/processes/obfuscation-scanner/yara-matcher.ts
compiler.defineGlobal('filename', '')
for (const path of rules) {
  compiler.newNamespace(basename(path))
  compiler.addSource(readFileSync(path, 'utf8'))
}
const scanner = new Scanner(compiler.build())
let hits = 0
for (const [count, path] of golden.entries()) {
  if (count % TELL_EVERY === 0) process.stdout.write(`${count}\t${hits}\n`)
  const content = read(path)
  if (!content) continue
  scanner.setGlobal('filename', basename(path))
  const found = (scanner.scan(content) as YaraScan).matches.find(({ isPrivate }) => !isPrivate)
  if (found && ++hits <= MAX_HITS) process.stdout.write(`${count}\t${hits}\t${found.identifier}\t${path}\n`)
}
process.stdout.write(`${golden.length}\t${hits}\n`)

/** Undefined for what the obfuscation scanner would not look at, and for what cannot be read. */
function read(path: string): Buffer | undefined {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path)
  } catch {
    return undefined
  }
}
