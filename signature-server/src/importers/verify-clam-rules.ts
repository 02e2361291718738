import { type EngineEnd, engineErrorText, runEngine, SIGTOOL_LIMITS } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { countLines, isRuleStart } from './count-lines.js'
import type { Candidate } from './importer.js'

/** Something small that is always there. */
const SCANNED = '/proc/version'

/**
 * Lets clamscan load one file of YARA rules by itself.
 *
 * @returns how many rules it has.
 * @throws the refusal with the line and ClamAV's reason.
 */
export async function verifyClamRules({ name, path }: Pick<Candidate, 'name' | 'path'>, signal: AbortSignal): Promise<number> {
  const count = await countLines(path, isRuleStart)
  if (count === 0) throw refusal('rules', `${name} has no YARA rule in it.`)
  const args = [`--database=${path}`, '--no-summary', SCANNED]
  const end = await runEngine({ program: 'clamscan', args, ...SIGTOOL_LIMITS }, signal)
  const reason = reasonOf({ ...end, output: end.output.replaceAll(path, name) })
  if (reason === undefined) return count
  throw refusal(
    'rules',
    `${name} does not load into ClamAV: ${reason}. Correct the rule, or put the file into yara/ if only YARA understands it.`,
  )
}

/** "LibClamAV Error: yyerror(): NAME line 3 undefined string "$b"" becomes "line 3: undefined string …". */
function reasonOf({ exitCode, output, overLimit }: EngineEnd): string | undefined {
  if (overLimit) return `it goes over the limit of ${overLimit}`
  const [, line, what] = /^LibClamAV Error: yyerror\(\): \S+ line (\d+) (.*)$/m.exec(output) ?? []
  if (line !== undefined) return `line ${line}: ${what}`
  const isDamaged = /cli_loadyara: (failed to parse|empty database)/.test(output) || exitCode === null || exitCode > 1
  return isDamaged ? engineErrorText(output) : undefined
}
