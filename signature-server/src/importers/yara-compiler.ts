import { readFileSync } from 'node:fs'
import { yaraEngine } from '@guardimesh/signature-format'
import { explainRuleError, RULES_INVALID_EXIT_CODE } from './rule-error.js'

/** `node yara-compiler.js FILE`: compiles one rule file in a separate process, with the engine of the nodes, and prints the first error. */
const error = yaraEngine().compileError(readFileSync(process.argv[2] ?? '', 'utf8'))
if (error !== undefined) {
  process.stdout.write(explainRuleError(error))
  process.exitCode = RULES_INVALID_EXIT_CODE
}
