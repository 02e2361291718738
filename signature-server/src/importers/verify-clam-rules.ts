import { type EngineEnd, engineErrorText, runEngine, SIGTOOL_LIMITS } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { countLines, isRuleStart } from './count-lines.js'
import type { ImportedFile } from './importer.js'

/** A small file that always exists. */
const SCANNED = '/proc/version'

/**
 * Loads one file of YARA rules with clamscan.
 *
 * @returns the number of rules.
 * @throws the refusal with line number and ClamAV's error.
 */
export async function verifyClamRules({ name, path }: Pick<ImportedFile, 'name' | 'path'>, signal: AbortSignal): Promise<number> {
  const count = await countLines(path, isRuleStart)
  if (count === 0) throw refusal('rules', `${name} contains no YARA rule.`)
  const args = [`--database=${path}`, '--no-summary', SCANNED]
  const end = await runEngine({ program: 'clamscan', args, ...SIGTOOL_LIMITS }, signal)
  const reason = reasonOf({ ...end, output: end.output.replaceAll(path, name) })
  if (reason === undefined) return count
  throw refusal('rules', `ClamAV cannot load ${name}: ${reason}. Correct the rule, or move the file to yara/ if it requires YARA.`)
}

/** Converts "LibClamAV Error: yyerror(): NAME line 3 undefined string …" to "line 3: undefined string …". */
function reasonOf({ exitCode, output, overLimit }: EngineEnd): string | undefined {
  if (overLimit) return `${overLimit} limit exceeded`
  const [, line, what] = /^LibClamAV Error: yyerror\(\): \S+ line (\d+) (.*)$/m.exec(output) ?? []
  if (line !== undefined) return `line ${line}: ${what}`
  const hasFailed = /cli_loadyara: (failed to parse|empty database)/.test(output) || exitCode === null || exitCode > 1
  return hasFailed ? engineErrorText(output) : undefined
}
