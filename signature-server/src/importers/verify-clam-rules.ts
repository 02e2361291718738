import { engineErrorText } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { countLines, isRuleStart } from './count-lines.js'
import { describeLoaded, type LoadedCount } from './count-loaded.js'
import type { ImportedFile } from './importer.js'
import { type LoadReport, loadAlone } from './load-alone.js'

/**
 * Loads one file of YARA rules with ClamAV.
 *
 * @returns the number of loaded rules, with a notice about rules that ClamAV does not support.
 * @throws the refusal with line number and ClamAV's error when a rule is invalid or none is supported.
 */
export async function verifyClamRules(
  { name, path, loadLimits = {} }: Pick<ImportedFile, 'name' | 'path' | 'loadLimits'>,
  signal: AbortSignal,
): Promise<LoadedCount> {
  if ((await countLines(path, isRuleStart)) === 0) throw refusal('rules', `${name} contains no YARA rule.`)
  const report = await loadAlone(path, loadLimits, signal)
  const { loaded = 0, skipped, skippedCount } = report
  const reason = reasonOf({ ...report, messages: report.messages.map((message) => message.replaceAll(path, name)) })
  if (reason !== undefined)
    throw refusal('rules', `ClamAV cannot load ${name}: ${reason}. Correct the rule, or move the file to yara/ if it requires YARA.`)
  // ClamAV names every rule that it skips. Lines are no measure: a comment may contain a rule.
  if (skippedCount === 0) return { signatures: loaded, notices: [] }
  return describeLoaded({ name, path, declared: loaded + skippedCount }, loaded, skipped)
}

/** Converts "LibClamAV Error: yyerror(): NAME line 3 undefined string …" to "line 3: undefined string …". */
function reasonOf({ exitCode, messages, overLimit }: LoadReport): string | undefined {
  if (overLimit) return `${overLimit} limit exceeded`
  const output = messages.join('\n')
  const [, line, what] = /^LibClamAV Error: yyerror\(\): \S+ line (\d+) (.*)$/m.exec(output) ?? []
  if (line !== undefined) return `line ${line}: ${what}`
  const hasFailed = /cli_loadyara: (failed to parse|empty database)/.test(output) || exitCode === null || exitCode > 1
  return hasFailed ? engineErrorText(output) : undefined
}
