import { readFileSync } from 'node:fs'
import { Compiler, initSync } from '@virustotal/yara-x'
import { explainRuleError, RULES_INVALID_EXIT_CODE } from './rule-error.js'

/** `node yara-compiler.js FILE`: compiles one rule file in a separate process, as nodes do, and prints the first error. */
initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
const source = readFileSync(process.argv[2] ?? '', 'utf8')
const compiler = new Compiler()
// The external variable that the obfuscation scanner defines for rules. Source: scanner/src/processes/obfuscation-scanner/yara-matcher.ts
compiler.defineGlobal('filename', '')
try {
  compiler.addSource(source)
  compiler.build()
} catch (error) {
  process.stdout.write(explainRuleError(String(error)))
  process.exitCode = RULES_INVALID_EXIT_CODE
}
