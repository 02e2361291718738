import { readFileSync } from 'node:fs'
import { Compiler, initSync } from '@virustotal/yara-x'
import { explainRuleError, RULES_BROKEN_EXIT_CODE } from './rule-error.js'

/** `node yara-compiler.js FILE`: a process of its own that compiles one file of rules, as the nodes will, and says what is wrong with it. */
initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
const source = readFileSync(process.argv[2] ?? '', 'utf8')
const compiler = new Compiler()
// The variable that the obfuscation scanner gives to rules. Source: scanner/src/processes/obfuscation-scanner/yara-matcher.ts
compiler.defineGlobal('filename', '')
try {
  compiler.addSource(source)
  compiler.build()
} catch (error) {
  process.stdout.write(explainRuleError(String(error)))
  process.exitCode = RULES_BROKEN_EXIT_CODE
}
